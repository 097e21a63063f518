using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.MiniBatch;

/// <summary>
/// The assignment of a batch of a stream, and what is summed of it. The memory does not depend on the length of the
/// stream: a batch's clusters, and sums for each block of it.
/// </summary>
/// <param name="k">K.</param>
/// <param name="dimension">d.</param>
/// <param name="parallel">Threads and cancellation.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class StreamRound<T>(int k, int dimension, ParallelOptions parallel, TileKernel<T> kernel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _clusters = [];

    /// <summary>For each cluster d weighted sums, then the weight, then the count, of all points since the last <see cref="Clear"/>.</summary>
    internal double[] Sums { get; } = new double[k * (dimension + 2)];

    /// <summary>The inertia of each cluster, of all points that were measured.</summary>
    internal double[] Inertia { get; } = new double[k];

    internal void Clear()
    {
        Array.Clear(Sums);
        Array.Clear(Inertia);
    }

    /// <summary>The weight of the points that each cluster has got.</summary>
    internal double WeightOf(int cluster) => Sums[(cluster * (dimension + 2)) + dimension];

    internal long CountOf(int cluster) => (long)Sums[(cluster * (dimension + 2)) + dimension + 1];

    /// <summary>Assigns the points of a batch and adds them to the sums of their clusters.</summary>
    internal void Add(PointSet<T> batch, T[] centroids) => Assign(batch, centroids, Blocks.For(batch.Count, k));

    /// <summary>Does what <see cref="Add"/> does, and adds the squared distances too.</summary>
    internal void Measure(PointSet<T> batch, T[] centroids)
    {
        var blocks = Blocks.For(batch.Count, k);
        Assign(batch, centroids, blocks);
        VectorSum.AddTo(Inertia, OwnDistance.Inertia(batch, centroids, _clusters, blocks, parallel));
    }

    /// <summary>The mean of each cluster; one without points keeps the centroid that is given.</summary>
    internal T[] Means(T[] former)
    {
        var means = former.ToArray();
        for (int cluster = 0; cluster < k; cluster++)
        {
            double weight = WeightOf(cluster);
            for (int j = 0; j < dimension && CountOf(cluster) > 0; j++)
            {
                means[(cluster * dimension) + j] = T.CreateTruncating(Sums[(cluster * (dimension + 2)) + j] / weight);
            }
        }

        return means;
    }

    private void Assign(PointSet<T> batch, T[] centroids, Blocks blocks)
    {
        if (_clusters.Length < batch.Count)
        {
            _clusters = new int[batch.Count];
        }

        Array.Fill(_clusters, -1);
        var ofBlock = new BlockMoves<T>[blocks.Count];
        var assignment = new BruteForceAssignment<T>(batch, order: null, kernel);
        assignment.Begin(centroids);
        blocks.ForEach(parallel, block =>
        {
            var moves = ofBlock[block] = new BlockMoves<T>(batch, k);
            assignment.Assign(blocks.Start(block), blocks.Length(block), _clusters, moves, parallel.CancellationToken);
        });
        foreach (var moves in ofBlock)
        {
            VectorSum.AddTo(Sums, moves.Sums);
        }
    }
}
