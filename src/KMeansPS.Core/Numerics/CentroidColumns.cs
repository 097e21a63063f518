using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>
/// Centroids with the values of one dimension side by side, for kernels whose lanes are centroids. Filled up to whole
/// vectors of the widest kind with centroids at infinity, which are never nearest.
/// </summary>
internal sealed class CentroidColumns<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _values;

    internal CentroidColumns(ReadOnlySpan<T> centroids, int dimension)
    {
        int k = centroids.Length / dimension;
        int widest = PointTile.Width<T>() / 2;
        Dimension = dimension;
        PaddedCount = (k + widest - 1) / widest * widest;
        _values = new T[dimension * PaddedCount];
        for (int j = 0; j < dimension; j++)
        {
            var column = _values.AsSpan(j * PaddedCount, PaddedCount);
            for (int cluster = 0; cluster < k; cluster++)
            {
                column[cluster] = centroids[(cluster * dimension) + j];
            }

            column[k..].Fill(T.PositiveInfinity);
        }
    }

    internal int Dimension { get; }

    /// <summary>K, rounded up.</summary>
    internal int PaddedCount { get; }

    /// <summary>d x <see cref="PaddedCount"/> values.</summary>
    internal ReadOnlySpan<T> Values => _values;
}
