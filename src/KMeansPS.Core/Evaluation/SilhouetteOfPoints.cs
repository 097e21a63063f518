using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Evaluation;

/// <summary>
/// The silhouettes of points, each measured against all points, in double whatever their precision. Groups of points are
/// measured on several threads; the sums of a point are made in the order of the clusters and of the points in each, and
/// so no bit of them depends on the groups.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="layout">Their clusters, 2 or more.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class SilhouetteOfPoints<T>(PointSet<T> points, ClusterLayout layout, TileKernel<double> kernel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The rows that a group is measured against stay in the first-level cache, its tiles in the second.
    private const int ValuesInRows = 4096;
    private const int ValuesInTiles = 32768;
    private const int MaxRows = 256;
    private const int MaxTiles = 16;

    // Each group gathers all rows anew: few groups for less of that, enough of them for many threads.
    private const int MinGroups = 16;

    private static readonly int Width = PointTile.Width<double>();

    private readonly int[] _starts = layout.Starts();
    private readonly int _rows = Math.Clamp(ValuesInRows / points.Dimension / 4 * 4, 4, MaxRows);

    /// <summary>The silhouettes of some points.</summary>
    /// <param name="sample">The indices of m points.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal double[] Measure(int[] sample, ParallelOptions parallel)
    {
        int[] sorted = layout.Sort(parallel.CancellationToken);
        var values = new double[sample.Length];
        int tiles = Math.Clamp(Math.Min(ValuesInTiles / points.Dimension, sample.Length / MinGroups) / Width, 1, MaxTiles);
        var groups = new Blocks(sample.Length, tiles * Width);
        groups.ForEach(parallel, group =>
        {
            int start = groups.Start(group);
            int length = groups.Length(group);
            MeasureGroup(sorted, sample.AsSpan(start, length), values.AsSpan(start, length), parallel.CancellationToken);
        });
        return values;
    }

    private void MeasureGroup(int[] sorted, ReadOnlySpan<int> sample, Span<double> values, CancellationToken cancellationToken)
    {
        int d = points.Dimension;
        double[] tiles = Tiles(sample);
        int lanes = tiles.Length / d;
        var rows = new double[_rows * d];
        var weights = new double[_rows];
        var sums = new double[lanes];
        var within = new double[sample.Length];
        var nearest = new double[sample.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        for (int cluster = 0; cluster < layout.K; cluster++)
        {
            Array.Clear(sums);
            for (int from = _starts[cluster]; from < _starts[cluster + 1]; from += _rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(_rows, _starts[cluster + 1] - from);
                Load(sorted.AsSpan(from, count), rows, weights);
                for (int lane = 0; lane < lanes; lane += Width)
                {
                    kernel.AddDistances(tiles.AsSpan(lane * d, Width * d), rows.AsSpan(0, count * d), weights.AsSpan(0, count), sums.AsSpan(lane, Width));
                }
            }

            Note(cluster, sample, sums, within, nearest);
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = layout.Weight[layout.Cluster[sample[i]]] > 1 ? ValueOf(within[i], nearest[i]) : 0;
        }
    }

    // What the sums over one cluster tell of each point: its distance from its own cluster, or from another.
    private void Note(int cluster, ReadOnlySpan<int> sample, double[] sums, double[] within, double[] nearest)
    {
        double weight = layout.Weight[cluster];
        for (int i = 0; i < sample.Length; i++)
        {
            if (layout.Cluster[sample[i]] == cluster)
            {
                within[i] = sums[i] / (weight - 1);
            }
            else
            {
                nearest[i] = Math.Min(nearest[i], sums[i] / weight);
            }
        }
    }

    // Points that lie where all of their cluster and of another lie are between the two.
    private static double ValueOf(double within, double nearest)
    {
        double greater = Math.Max(within, nearest);
        return greater == 0 ? 0 : (nearest - within) / greater;
    }

    private double[] Tiles(ReadOnlySpan<int> sample)
    {
        int d = points.Dimension;
        var rows = new double[Width * d];
        var tiles = new double[(sample.Length + Width - 1) / Width * Width * d];
        for (int from = 0; from < sample.Length; from += Width)
        {
            int count = Math.Min(Width, sample.Length - from);
            Load(sample.Slice(from, count), rows, []);
            PointTile.Transpose<double>(rows.AsSpan(0, count * d), d, tiles.AsSpan(from * d, Width * d));
        }

        return tiles;
    }

    private void Load(ReadOnlySpan<int> indices, Span<double> rows, Span<double> weights)
    {
        int d = points.Dimension;
        for (int row = 0; row < indices.Length; row++)
        {
            var values = points.Values.Slice(indices[row] * d, d);
            var target = rows.Slice(row * d, d);
            for (int j = 0; j < target.Length; j++)
            {
                target[j] = double.CreateTruncating(values[j]);
            }

            if (!weights.IsEmpty)
            {
                weights[row] = points.IsWeighted ? points.Weights[indices[row]] : 1;
            }
        }
    }
}
