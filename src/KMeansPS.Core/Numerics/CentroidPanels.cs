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
    internal static int Width => PointTile.Width<T>() / 2;

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

        for (int first = 0; first < PaddedCount; first += Width)
        {
            var panel = _values.AsSpan(first * Dimension, Width * Dimension);
            int count = Math.Min(Width, k - first);
            if (count < Width)
            {
                panel.Fill(T.PositiveInfinity);
            }

            var rows = centroids.Slice(first * Dimension, count * Dimension);
            for (int lane = 0, from = 0; lane < count; lane++)
            {
                for (int at = lane; at < panel.Length; at += Width)
                {
                    panel[at] = rows[from++];
                }
            }
        }
    }
}
