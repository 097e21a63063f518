using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// By how much candidates for the next centroid would lower the inertia, and for which points. Few points are nearer to
/// a candidate than to all that are chosen, with r chosen about one in r; those that <see cref="Reach{T}"/> spares are
/// not measured, and add nothing in any case: the sums, over the nearer points in their order, are always the same. Nor
/// are those of a candidate that others are known to surpass.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="index">The points in the order in which they are gone over.</param>
/// <param name="nearest">The distances so far.</param>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="count">m candidates a round.</param>
internal sealed class CandidateGains<T>(PointSet<T> points, SpatialIndex<T> index, NearestChosen<T> nearest, TileKernel<T> kernel, int count)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where bounds are known beforehand gains are measured in so many parts, after each of which some candidates are out.
    private const int Parts = 8;

    private readonly int[]? _order = index.Order;

    // For each tile and candidate one bit a point that may be nearer to it.
    private readonly uint[] _nearer = new uint[nearest.TileCount * count];

    // For each block and candidate.
    private readonly GainRange[] _gains = new GainRange[nearest.Blocks.Count * count];

    // Of each block, for a quarter of its points.
    private readonly KeptSquares<T>[] _kept = Keep(nearest.Blocks);

    // So many pairs of a tile or fewer are measured one by one. In a box lie neighbours, of which many are nearer at once.
    private readonly int _fewPairs = nearest.Boxes is null ? Width - 1 : 0;

    private static int Width => PointTile.Width<T>();

    /// <summary>The candidate that would lower the inertia most; of equal ones the first.</summary>
    /// <param name="candidates">m indices of points.</param>
    /// <param name="quantized">The points in bytes; null where there are none.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal int IndexOfBest(int[] candidates, QuantizedPoints<T>? quantized, ParallelOptions parallel)
    {
        var rows = points.Select(candidates, weights: null).Values.ToArray();
        var reach = new Reach<T>(nearest, new CentroidPanels<T>(rows, points.Dimension), kernel, quantized, quantized?.Rows(points, candidates));
        var blocks = nearest.Blocks;
        bool areBounded = quantized is not null && !points.IsWeighted; // bounds are without weights
        blocks.ForEach(parallel, block =>
        {
            _kept[block].Clear();
            var gains = _gains.AsSpan(block * count, count);
            reach.Find(block, MasksOf(block), gains, parallel.CancellationToken);
            if (!areBounded)
            {
                gains.Fill(GainRange.Any);
            }
        });
        int[] contenders = Contenders([.. Enumerable.Range(0, count)]);
        int parts = areBounded ? Math.Min(Parts, blocks.Count) : 1;
        for (int part = 0; part < parts && contenders.Length > 1; part++)
        {
            int leader = Array.IndexOf(contenders, contenders.MaxBy(candidate => SumOf(candidate).Middle));
            T[] ofContenders = [.. contenders.SelectMany(candidate => rows.AsSpan(candidate * points.Dimension, points.Dimension).ToArray())];
            var ofPart = new Blocks((blocks.Count - part + parts - 1) / parts, 1); // each part from all over the points
            ofPart.ForEach(parallel, i => MeasureBlock(contenders, leader, ofContenders, part + (i * parts), parallel.CancellationToken));
            contenders = Contenders(contenders);
        }

        return contenders.MaxBy(candidate => SumOf(candidate).Most);
    }

    // Leaves out those that gain less than another does at least, by more than the rounding of the sums over the blocks;
    // that of a block's own sum is in its bounds.
    private int[] Contenders(int[] candidates)
    {
        var sums = Array.ConvertAll(candidates, SumOf);
        double enough = sums.Max(static gain => gain.Least) * (1 - Precision.RoundingOfSums);
        return [.. candidates.Where((_, i) => sums[i].Most >= enough)];
    }

    private static KeptSquares<T>[] Keep(Blocks blocks)
    {
        var room = new T[blocks.Total / 4];
        return [.. Enumerable.Range(0, blocks.Count).Select(block => new KeptSquares<T>(room.AsMemory(blocks.Start(block) / 4, blocks.Length(block) / 4)))];
    }

    // In the order of the blocks.
    private GainRange SumOf(int candidate)
    {
        var sum = default(GainRange);
        for (int i = candidate; i < _gains.Length; i += count)
        {
            sum += _gains[i];
        }

        return sum;
    }

    private Span<uint> MasksOf(int block) =>
        _nearer.AsSpan(nearest.Blocks.Start(block) / Width * count, (nearest.Blocks.Length(block) + Width - 1) / Width * count);

    /// <summary>Takes a point for the first centroid: measures every point.</summary>
    internal void TakeFirst(int centroid, ParallelOptions parallel)
    {
        Array.Fill(_nearer, uint.MaxValue);
        Take(centroid, 0, parallel);
    }

    /// <summary>Takes a candidate of the last round for a centroid: lowers the squared distances of the points that are nearer to it.</summary>
    /// <param name="centroid">The index of the point.</param>
    /// <param name="candidate">Its number among the candidates.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal void Take(int centroid, int candidate, ParallelOptions parallel)
    {
        var row = points[centroid].ToArray();
        nearest.Blocks.ForEach(parallel, block => LowerBlock(row, candidate, block, parallel.CancellationToken));
        nearest.SumBlocks();
    }

    // Summed in the order of the points. Of those that may be nearer only the ones that are stay marked.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MeasureBlock(int[] contenders, int leader, T[] rows, int block, CancellationToken cancellationToken)
    {
        int d = points.Dimension;
        var held = new int[contenders.Length];
        var heldRows = new T[rows.Length];
        var squares = new T[contenders.Length * Width];
        var nearer = new uint[contenders.Length];
        var near = new uint[contenders.Length];
        var gains = new double[contenders.Length];
        var kept = _kept[block];
        kept.Begin(contenders[leader]);
        var pairs = new LonePairs<T>(points, rows);
        using var tiles = new TileCursor<T>(points, _order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            var nearerHere = _nearer.AsSpan(tiles.First / Width * count, count);
            int found = 0;
            for (int i = 0; i < contenders.Length; i++)
            {
                near[i] = nearerHere[contenders[i]];
                found += BitOperations.PopCount(near[i]);
            }

            if (found == 0)
            {
                continue;
            }

            if (found <= _fewPairs)
            {
                if (!pairs.HasRoomFor(found))
                {
                    AddGainsOf(ref pairs, contenders, leader, gains, kept);
                }

                pairs.Add(tiles.First, near);
                continue;
            }

            AddGainsOf(ref pairs, contenders, leader, gains, kept);
            int many = 0;
            for (int i = 0; i < contenders.Length; i++)
            {
                if (near[i] != 0)
                {
                    rows.AsSpan(i * d, d).CopyTo(heldRows.AsSpan(many * d));
                    held[many++] = i;
                }
            }

            var known = nearest[tiles];
            kernel.FindNearer(tiles.Load(), heldRows.AsSpan(0, many * d), known, squares.AsSpan(0, many * Width), nearer.AsSpan(0, many));
            for (int i = 0; i < many; i++)
            {
                double gain = gains[held[i]];
                for (uint left = nearer[i]; left != 0; left &= left - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(left);
                    gain += Gain(known[lane], squares[(i * Width) + lane], tiles.First + lane);
                    if (held[i] == leader)
                    {
                        kept.Add(squares[(i * Width) + lane]);
                    }
                }

                gains[held[i]] = gain;
                nearerHere[contenders[held[i]]] = nearer[i];
            }
        }

        AddGainsOf(ref pairs, contenders, leader, gains, kept);
        pairs.Dispose();
        for (int i = 0; i < gains.Length; i++)
        {
            _gains[(block * count) + contenders[i]] = GainRange.Of(gains[i]);
        }
    }

    private void AddGainsOf(ref LonePairs<T> pairs, int[] contenders, int leader, double[] gains, KeptSquares<T> kept)
    {
        var measured = pairs.Measure(out var squares);
        for (int i = 0; i < measured.Length; i++)
        {
            var (point, row) = measured[i];
            T known = nearest[point];
            if (squares[i] < known)
            {
                gains[row] += Gain(known, squares[i], point);
                if (row == leader)
                {
                    kept.Add(squares[i]);
                }
            }
            else
            {
                _nearer[(point / Width * count) + contenders[row]] &= ~(1u << (point % Width));
            }
        }
    }

    private double Gain(T known, T square, int place)
    {
        double less = Precision.ToDouble(known) - Precision.ToDouble(square);
        return points.IsWeighted ? less * points.Weights[_order is null ? place : _order[place]] : less;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LowerBlock(T[] row, int candidate, int block, CancellationToken cancellationToken)
    {
        if (_kept[block].Of(candidate, out var squares))
        {
            LowerToKept(squares, candidate, block);
            return;
        }

        Span<T> known = stackalloc T[Width];
        var pairs = new LonePairs<T>(points, row);
        using var tiles = new TileCursor<T>(points, _order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            var nearer = _nearer.AsSpan((tiles.First / Width * count) + candidate, 1);
            int found = BitOperations.PopCount(nearer[0]);
            if (found == 0)
            {
                continue;
            }

            if (found > _fewPairs)
            {
                nearest[tiles].CopyTo(known);
                kernel.LowerDistances(tiles.Load(), row, known);
                nearest.SetTile(tiles, known);
                continue;
            }

            if (!pairs.HasRoomFor(found))
            {
                LowerEach(ref pairs);
            }

            pairs.Add(tiles.First, nearer);
        }

        LowerEach(ref pairs);
        pairs.Dispose();
    }

    // The marked points are nearer, and what is kept is in their order.
    private void LowerToKept(ReadOnlySpan<T> squares, int candidate, int block)
    {
        int first = nearest.Blocks.Start(block) / Width;
        var masks = MasksOf(block);
        int at = 0;
        for (int tile = first; candidate < masks.Length; tile++, candidate += count)
        {
            uint left = masks[candidate];
            if (left == 0)
            {
                continue;
            }

            for (; left != 0; left &= left - 1)
            {
                nearest[(tile * Width) + BitOperations.TrailingZeroCount(left)] = squares[at++];
            }

            nearest.SumTiles([tile]);
        }
    }

    private void LowerEach(ref LonePairs<T> pairs)
    {
        var measured = pairs.Measure(out var squares);
        Span<int> changed = stackalloc int[measured.Length];
        int tiles = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            int point = measured[i].Point;
            if (squares[i] >= nearest[point])
            {
                continue;
            }

            nearest[point] = squares[i];
            if (tiles == 0 || changed[tiles - 1] != point / Width)
            {
                changed[tiles++] = point / Width;
            }
        }

        nearest.SumTiles(changed[..tiles]);
    }
}
