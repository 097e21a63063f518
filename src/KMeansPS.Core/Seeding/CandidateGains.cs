using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// By how much candidates for the next centroid would lower the inertia, and for which points. Few points are nearer to
/// a candidate than to all that are chosen, with r chosen about one in r; those that <see cref="Reach{T}"/> spares are
/// not measured, and add nothing in any case: the sums, over the nearer points in their order, are always the same.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="index">The points in the order in which they are gone over.</param>
/// <param name="nearest">The distances so far.</param>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="count">m candidates a round.</param>
internal sealed class CandidateGains<T>(PointSet<T> points, SpatialIndex<T> index, NearestChosen<T> nearest, TileKernel<T> kernel, int count)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[]? _order = index.Order;

    // For each tile and candidate one bit a point that is nearer to it.
    private readonly uint[] _nearer = new uint[nearest.TileCount * count];

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
        var panels = new CentroidPanels<T>(rows, points.Dimension);
        var quantizedRows = quantized?.Rows(candidates) ?? [];
        var ofBlock = new double[nearest.Blocks.Count][];
        nearest.Blocks.ForEach(parallel, block =>
        {
            var gains = ofBlock[block] = new double[count];
            AddGainsOfBlock(rows, new Reach<T>(nearest, panels, kernel, quantized, quantizedRows), gains, block, parallel.CancellationToken);
        });
        var total = new double[count];
        foreach (var gains in ofBlock)
        {
            VectorSum.AddTo(total, gains);
        }

        return Array.IndexOf(total, total.Max());
    }

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

    // Summed in the order of the points.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGainsOfBlock(T[] rows, Reach<T> reach, double[] gains, int block, CancellationToken cancellationToken)
    {
        int d = points.Dimension;
        var held = new int[count];
        var heldRows = new T[rows.Length];
        var squares = new T[count * Width];
        var nearer = new uint[count];
        var near = new uint[count];
        var pairs = new LonePairs<T>(points, rows);
        using var tiles = new TileCursor<T>(points, _order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            int tile = tiles.First / Width;
            var nearerHere = _nearer.AsSpan(tile * count, count);
            nearerHere.Clear();
            int found = reach.Find(tiles, near);
            if (found == 0)
            {
                continue;
            }

            if (found <= _fewPairs)
            {
                if (!pairs.HasRoomFor(found))
                {
                    AddGainsOf(ref pairs, gains);
                }

                pairs.Add(tiles.First, near);
                continue;
            }

            AddGainsOf(ref pairs, gains);
            int many = 0;
            for (int candidate = 0; candidate < count; candidate++)
            {
                if (near[candidate] != 0)
                {
                    rows.AsSpan(candidate * d, d).CopyTo(heldRows.AsSpan(many * d));
                    held[many++] = candidate;
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
                }

                gains[held[i]] = gain;
                nearerHere[held[i]] = nearer[i];
            }
        }

        AddGainsOf(ref pairs, gains);
        pairs.Dispose();
    }

    private void AddGainsOf(ref LonePairs<T> pairs, double[] gains)
    {
        var measured = pairs.Measure(out var squares);
        for (int i = 0; i < measured.Length; i++)
        {
            var (point, candidate) = measured[i];
            T known = nearest[point];
            if (squares[i] < known)
            {
                gains[candidate] += Gain(known, squares[i], point);
                _nearer[(point / Width * count) + candidate] |= 1u << (point % Width);
            }
        }
    }

    private double Gain(T known, T square, int place)
    {
        double less = double.CreateTruncating(known) - double.CreateTruncating(square);
        return points.IsWeighted ? less * points.Weights[_order is null ? place : _order[place]] : less;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LowerBlock(T[] row, int candidate, int block, CancellationToken cancellationToken)
    {
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

    private void LowerEach(ref LonePairs<T> pairs)
    {
        var measured = pairs.Measure(out var squares);
        Span<int> changed = stackalloc int[measured.Length];
        int tiles = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            int point = measured[i].Point;
            nearest[point] = squares[i];
            if (tiles == 0 || changed[tiles - 1] != point / Width)
            {
                changed[tiles++] = point / Width;
            }
        }

        nearest.SumTiles(changed[..tiles]);
    }
}
