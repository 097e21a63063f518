using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>Turns rows of uncompressed pixels, of any depth, into RGBA.</summary>
/// <param name="header">The kind of picture.</param>
/// <param name="colors">A colour for each of the 256 values of a byte; looked at for indices only.</param>
internal sealed class BmpRowConverter(BmpHeader header, Rgba[] colors)
{
    private readonly BmpChannel _red = new(header.Masks.Red, 0);
    private readonly BmpChannel _green = new(header.Masks.Green, 0);
    private readonly BmpChannel _blue = new(header.Masks.Blue, 0);
    private readonly BmpChannel _alpha = new(header.Masks.Alpha, 255);
    private readonly bool _isBgra = header.Masks == BmpMasks.Bgra;
    private readonly bool _isBgrx = header.Masks == BmpMasks.Bgrx;

    /// <summary>Converts one row.</summary>
    /// <param name="row">The row as it stands in the file.</param>
    /// <param name="pixels">As many pixels as the row has; all are written.</param>
    internal void Convert(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        switch (header.BitsPerPixel)
        {
            case 16:
                for (int x = 0; x < pixels.Length; x++)
                {
                    pixels[x] = Color(BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]));
                }

                break;
            case 24:
                RgbRow.ExpandReversed(row[..(3 * pixels.Length)], pixels);
                break;
            case 32:
                ConvertWords(row, pixels);
                break;
            default:
                PackedRow.Expand(row, header.BitsPerPixel, colors, pixels);
                break;
        }
    }

    private void ConvertWords(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        int x = 0;
        if ((_isBgra || _isBgrx) && Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            var target = MemoryMarshal.AsBytes(pixels);
            var opaque = Vector128.Create(_isBgra ? 0 : 0xFF000000u).AsByte();
            for (; x <= pixels.Length - 4; x += 4)
            {
                var four = Vector128.Create(row[(4 * x)..]);
                var swapped = Vector128.Shuffle(four, Vector128.Create((byte)2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
                (swapped | opaque).CopyTo(target[(4 * x)..]);
            }
        }

        for (; x < pixels.Length; x++)
        {
            pixels[x] = Color(BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]));
        }
    }

    private Rgba Color(uint pixel) => new(_red.Of(pixel), _green.Of(pixel), _blue.Of(pixel), _alpha.Of(pixel));
}
