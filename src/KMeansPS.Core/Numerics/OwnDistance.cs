using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>
/// The squared distance of each point to the centroid of its own cluster, in double whatever the precision of the
/// points: what inertia and reported distances are made of.
/// </summary>
internal static class OwnDistance
{
    private const int PointsAtOnce = 512;

    /// <summary>n squared distances. One subtraction and one fused multiply-add for each value.</summary>
    internal static double[] Squares<T>(PointSet<T> points, T[] centroids, int[] clusters, Blocks blocks, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var squares = GC.AllocateUninitializedArray<double>(points.Count);
        blocks.ForEach(parallel, block =>
        {
            int start = blocks.Start(block);
            Squares(points, start, centroids, clusters, squares.AsSpan(start, blocks.Length(block)));
        });
        return squares;
    }

    /// <summary>The inertia of each cluster: weighted squares added in the order of the points in a block, then of the blocks.</summary>
    internal static double[] Inertia<T>(PointSet<T> points, T[] centroids, int[] clusters, Blocks blocks, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = centroids.Length / points.Dimension;
        var ofBlock = new double[blocks.Count][];
        blocks.ForEach(parallel, block =>
        {
            var inertia = ofBlock[block] = new double[k];
            Span<double> squares = stackalloc double[PointsAtOnce];
            int end = blocks.Start(block) + blocks.Length(block);
            for (int start = blocks.Start(block); start < end; start += PointsAtOnce)
            {
                var some = squares[..Math.Min(PointsAtOnce, end - start)];
                Squares(points, start, centroids, clusters, some);
                AddTo(inertia, some, clusters.AsSpan(start, some.Length), points.IsWeighted ? points.Weights.Slice(start, some.Length) : default);
            }
        });

        var total = new double[k];
        foreach (var inertia in ofBlock)
        {
            VectorSum.AddTo(total, inertia);
        }

        return total;
    }

    private static void AddTo(double[] inertia, ReadOnlySpan<double> squares, ReadOnlySpan<int> clusters, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < squares.Length; i++)
        {
            inertia[clusters[i]] += weights.IsEmpty ? squares[i] : weights[i] * squares[i];
        }
    }

    // Four points at a time: their sums do not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares<T>(PointSet<T> points, int start, ReadOnlySpan<T> centroids, ReadOnlySpan<int> clusters, Span<double> squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var values = points.Values;
        int i = 0;
        for (; i + 4 <= squares.Length; i += 4)
        {
            var labels = clusters.Slice(start + i, 4);
            var x = values.Slice((start + i) * d, 4 * d);
            var x0 = x[..d];
            var x1 = x.Slice(d, d);
            var x2 = x.Slice(2 * d, d);
            var x3 = x.Slice(3 * d, d);
            var c0 = centroids.Slice(labels[0] * d, d);
            var c1 = centroids.Slice(labels[1] * d, d);
            var c2 = centroids.Slice(labels[2] * d, d);
            var c3 = centroids.Slice(labels[3] * d, d);
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            for (int j = 0; j < d; j++)
            {
                s0 = AddSquare(x0[j], c0[j], s0);
                s1 = AddSquare(x1[j], c1[j], s1);
                s2 = AddSquare(x2[j], c2[j], s2);
                s3 = AddSquare(x3[j], c3[j], s3);
            }

            (squares[i], squares[i + 1], squares[i + 2], squares[i + 3]) = (s0, s1, s2, s3);
        }

        for (; i < squares.Length; i++)
        {
            var x = values.Slice((start + i) * d, d);
            var c = centroids.Slice(clusters[start + i] * d, d);
            double sum = 0;
            for (int j = 0; j < d; j++)
            {
                sum = AddSquare(x[j], c[j], sum);
            }

            squares[i] = sum;
        }
    }

    private static double AddSquare<T>(T x, T c, double sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double difference = Precision.ToDouble(x) - Precision.ToDouble(c);
        return Math.FusedMultiplyAdd(difference, difference, sum);
    }
}
