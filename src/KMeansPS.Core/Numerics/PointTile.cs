using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>
/// A few consecutive points, turned so that the values of one dimension lie side by side: what a kernel works on.
/// The width is the same on every machine; a kernel of fewer lanes goes over the tile in several steps.
/// </summary>
internal static class PointTile
{
    /// <summary>Points in a tile: two vectors of 512 bits.</summary>
    internal static int Width<T>() => 128 / Unsafe.SizeOf<T>();

    /// <summary>
    /// Copies points into a tile of d x width values. Lanes beyond the last point repeat it, so that they stay finite.
    /// One load and one store for each value.
    /// </summary>
    internal static void Transpose<T>(ReadOnlySpan<T> points, int dimension, Span<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width<T>();
        int count = points.Length / dimension;
        Debug.Assert(count > 0 && count <= width && tile.Length == dimension * width, "A tile takes one to width points.");
        switch (dimension)
        {
            case 2:
                for (int p = 0; p < count; p++)
                {
                    tile[width + p] = points[(2 * p) + 1];
                    tile[p] = points[2 * p];
                }

                break;
            case 3:
                for (int p = 0; p < count; p++)
                {
                    tile[(2 * width) + p] = points[(3 * p) + 2];
                    tile[width + p] = points[(3 * p) + 1];
                    tile[p] = points[3 * p];
                }

                break;
            default:
                for (int j = 0; j < dimension; j++)
                {
                    var row = tile.Slice(j * width, count);
                    for (int p = 0, at = j; p < row.Length; p++, at += dimension)
                    {
                        row[p] = points[at];
                    }
                }

                break;
        }

        for (int j = 0; count < width && j < dimension; j++)
        {
            tile[((j * width) + count)..((j + 1) * width)].Fill(points[^(dimension - j)]);
        }
    }
}
