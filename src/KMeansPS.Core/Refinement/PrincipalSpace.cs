using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// The few directions in which points differ most. The centroids of a good clustering lie near the space that they span
/// (C. Ding and X. He, 2004, "K-means clustering via principal component analysis"), and the inertia there tells good
/// optima from bad ones (M. B. Cohen, S. Elder, C. Musco, C. Musco and M. Persu, 2015, "Dimensionality reduction for
/// k-means clustering and low rank approximation"). The directions are found in a sample, from random ones by a few
/// rounds of orthogonal iteration (N. Halko, P. G. Martinsson and J. A. Tropp, 2011, "Finding structure with randomness",
/// section 4.5).
/// </summary>
internal sealed class PrincipalSpace<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SampleSize = 1024;

    private const int Rounds = 4;

    private readonly int _count;
    private readonly CancellationToken _cancellationToken;

    // d x p values: what each dimension adds to the p coordinates.
    private readonly double[] _axes;

    // The coordinates of the sample's mean, which is the origin of the space.
    private readonly double[] _origin;

    /// <param name="points">n x d points.</param>
    /// <param name="count">p, the number of directions, at most d.</param>
    /// <param name="random">The sample, and the directions to begin with.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal PrincipalSpace(PointSet<T> points, int count, Xoshiro256 random, CancellationToken cancellationToken)
    {
        _count = count;
        _cancellationToken = cancellationToken;
        _axes = new double[points.Dimension * count];
        _origin = new double[count];
        for (int i = 0; i < _axes.Length; i++)
        {
            _axes[i] = random.NextDouble() - 0.5;
        }

        var sample = PointSample.Of(points, Math.Min(SampleSize, points.Count), random);
        Orthonormalize();
        for (int round = 0; round < Rounds; round++)
        {
            Turn(sample);
            Orthonormalize();
        }

        _origin = MeanOf(sample);
    }

    /// <summary>The coordinates of points or centroids: n x p values.</summary>
    internal PointSet<T> Project(PointSet<T> points, ParallelOptions parallel)
    {
        var projected = new T[points.Count * _count];
        var blocks = Blocks.For(points.Count);
        blocks.ForEach(parallel, block =>
        {
            var coordinates = new double[_count];
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                Find(points[i], coordinates);
                for (int axis = 0; axis < _count; axis++)
                {
                    projected[(i * _count) + axis] = T.CreateTruncating(coordinates[axis]);
                }
            }
        });
        return PointSet<T>.OfChecked(projected, _count, [], points.IsWeighted ? points.Weights.ToArray() : null);
    }

    // p multiplications for each value that is not 0, which most are in many sets of many dimensions.
    private void Find(ReadOnlySpan<T> point, double[] coordinates)
    {
        for (int axis = 0; axis < _count; axis++)
        {
            coordinates[axis] = -_origin[axis];
        }

        for (int j = 0; j < point.Length; j++)
        {
            if (point[j] != T.Zero)
            {
                VectorSum.AddTo<double>(coordinates, _axes.AsSpan(j * _count, _count), double.CreateTruncating(point[j]));
            }
        }
    }

    private double[] MeanOf(PointSet<T> sample)
    {
        var mean = new double[_count];
        var coordinates = new double[_count];
        for (int i = 0; i < sample.Count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Find(sample[i], coordinates);
            VectorSum.AddTo<double>(mean, coordinates, 1.0 / sample.Count);
        }

        return mean;
    }

    // Multiplies the axes by the covariance of the sample.
    private void Turn(PointSet<T> sample)
    {
        var mean = MeanOf(sample);
        var turned = new double[_axes.Length];
        var coordinates = new double[_count];
        for (int i = 0; i < sample.Count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var point = sample[i];
            Find(point, coordinates);
            VectorSum.AddTo<double>(coordinates, mean, -1);
            for (int j = 0; j < point.Length; j++)
            {
                if (point[j] != T.Zero)
                {
                    VectorSum.AddTo<double>(turned.AsSpan(j * _count, _count), coordinates, double.CreateTruncating(point[j]));
                }
            }
        }

        turned.CopyTo(_axes, 0);
    }

    // The process of Gram and Schmidt, each axis against those before it; one that vanishes is left at 0.
    private void Orthonormalize()
    {
        for (int axis = 0; axis < _count; axis++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            double length = Math.Sqrt(Product(axis, axis));
            for (int other = 0; other < axis; other++)
            {
                Add(axis, other, -Product(axis, other));
            }

            double left = Math.Sqrt(Product(axis, axis));
            Add(axis, axis, left > 1e-9 * length ? (1 / left) - 1 : -1);
        }
    }

    private double Product(int axis, int other)
    {
        double sum = 0;
        for (int at = 0; at < _axes.Length; at += _count)
        {
            sum += _axes[at + axis] * _axes[at + other];
        }

        return sum;
    }

    private void Add(int axis, int other, double factor)
    {
        for (int at = 0; at < _axes.Length; at += _count)
        {
            _axes[at + axis] += factor * _axes[at + other];
        }
    }
}
