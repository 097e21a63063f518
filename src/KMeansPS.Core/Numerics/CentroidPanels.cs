using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>
/// Centroids for kernels whose lanes are centroids: in panels as wide as the widest vector, and in a panel the values of
/// one dimension side by side. The last panel is filled up with centroids at infinity, which are never nearest.
/// </summary>
internal sealed class CentroidPanels<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _values = [];

    internal CentroidPanels(ReadOnlySpan<T> centroids, int dimension)
    {
        Dimension = dimension;
        Fill(centroids);
    }

    /// <summary>Centroids in a panel: one vector of 512 bits.</summary>
    internal static int Width { get; } = PointTile.Width<T>() / 2;

    internal int Dimension { get; }

    /// <summary>K, rounded up to whole panels.</summary>
    internal int PaddedCount { get; private set; }

    /// <summary>For each panel d x <see cref="Width"/> values.</summary>
    internal ReadOnlySpan<T> Values => _values.AsSpan(0, PaddedCount * Dimension);

    /// <summary>Puts other centroids into the panels.</summary>
    internal void Fill(ReadOnlySpan<T> centroids)
    {
        int k = centroids.Length / Dimension;
        PaddedCount = (k + Width - 1) / Width * Width;
        if (_values.Length < PaddedCount * Dimension)
        {
            _values = new T[PaddedCount * Dimension];
        }

        for (int cluster = 0; cluster < PaddedCount; cluster++)
        {
            int at = (cluster / Width * Width * Dimension) + (cluster % Width);
            for (int j = 0; j < Dimension; j++, at += Width)
            {
                _values[at] = cluster < k ? centroids[(cluster * Dimension) + j] : T.PositiveInfinity;
            }
        }
    }
}
