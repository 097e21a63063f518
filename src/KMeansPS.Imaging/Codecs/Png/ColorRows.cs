using System.Runtime.InteropServices;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The rows of a picture in true colour, 8 bits a sample.</summary>
/// <param name="image">The picture.</param>
/// <param name="isOpaque">Whether alpha is left out.</param>
internal sealed class ColorRows(PixelImage image, bool isOpaque) : IPackedRows
{
    /// <inheritdoc/>
    public int Height => image.Height;

    /// <inheritdoc/>
    public int RowLength => image.Width * Distance;

    /// <inheritdoc/>
    public int Distance => isOpaque ? 3 : 4;

    /// <inheritdoc/>
    public void Pack(int y, int start, Span<byte> packed)
    {
        var pixels = image.Row(y).Slice(start / Distance, packed.Length / Distance);
        if (isOpaque)
        {
            RgbRow.Pack(pixels, packed);
        }
        else
        {
            MemoryMarshal.AsBytes(pixels).CopyTo(packed);
        }
    }
}
