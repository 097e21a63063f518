using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Turns rows of samples, of any colour type and depth, into RGBA.</summary>
internal sealed class PngRowConverter
{
    private readonly PngHeader _header;
    private readonly PngTransparency? _transparency;

    // What a sample of up to 8 bits, grey or index, stands for; transparency included.
    private readonly Rgba[] _colors = [];

    /// <summary>Makes a converter for one picture.</summary>
    /// <param name="header">Colour type and depth.</param>
    /// <param name="palette">The entries of PLTE; looked at for indexed colour only.</param>
    /// <param name="transparency">What tRNS says; null where there is none.</param>
    internal PngRowConverter(PngHeader header, ReadOnlySpan<Rgba> palette, PngTransparency? transparency)
    {
        _header = header;
        _transparency = transparency;
        if (header.ColorType == PngColorType.IndexedColour)
        {
            _colors = PaletteColors(palette, transparency);
        }
        else if (header.ColorType == PngColorType.Greyscale && header.BitDepth <= 8)
        {
            _colors = GreyColors(header.BitDepth, transparency);
        }
    }

    /// <summary>Converts one row.</summary>
    /// <param name="row">The samples as they stand in the file, filters undone.</param>
    /// <param name="pixels">As many pixels as the row has; all are written.</param>
    internal void Convert(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        switch (_header.ColorType, _header.BitDepth)
        {
            case (PngColorType.IndexedColour or PngColorType.Greyscale, <= 8):
                PackedRow.Expand(row, _header.BitDepth, _colors, pixels);
                break;
            case (PngColorType.Greyscale, _):
                ConvertGrey16(row, pixels);
                break;
            case (PngColorType.GreyscaleWithAlpha, 8):
                ConvertGreyAlpha8(row, pixels);
                break;
            case (PngColorType.GreyscaleWithAlpha, _):
                ConvertGreyAlpha16(row, pixels);
                break;
            case (PngColorType.Truecolour, 8):
                RgbRow.Expand(row, pixels);
                _transparency?.ClearMatching(pixels);
                break;
            case (PngColorType.Truecolour, _):
                ConvertRgb16(row, pixels);
                break;
            case (PngColorType.TruecolourWithAlpha, 8):
                MemoryMarshal.Cast<byte, Rgba>(row)[..pixels.Length].CopyTo(pixels);
                break;
            default:
                ConvertRgba16(row, pixels);
                break;
        }
    }

    /// <summary>16 bits to 8, rounded to nearest: exactly round(v x 255 / 65535).</summary>
    internal static byte To8Bits(int sample) => (byte)((sample * 255 + 32895) >> 16);

    // Entries that the file does not have are opaque black, as with libpng.
    private static Rgba[] PaletteColors(ReadOnlySpan<Rgba> palette, PngTransparency? transparency)
    {
        var colors = new Rgba[256];
        Array.Fill(colors, new Rgba(0, 0, 0));
        palette.CopyTo(colors);
        var alphas = transparency is null ? [] : transparency.PaletteAlphas;
        for (int i = 0; i < alphas.Length; i++)
        {
            colors[i] = colors[i] with { A = alphas[i] };
        }

        return colors;
    }

    private static Rgba[] GreyColors(int depth, PngTransparency? transparency)
    {
        int max = (1 << depth) - 1;
        var colors = new Rgba[max + 1];
        for (int i = 0; i <= max; i++)
        {
            byte value = (byte)(i * 255 / max);
            colors[i] = new Rgba(value, value, value, transparency is not null && transparency.Red == i ? (byte)0 : (byte)255);
        }

        return colors;
    }

    private static int Sample(ReadOnlySpan<byte> row, int index) => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);

    private void ConvertGrey16(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        int transparent = _transparency?.Red ?? -1;
        for (int i = 0; i < pixels.Length; i++)
        {
            int sample = Sample(row, i);
            byte value = To8Bits(sample);
            pixels[i] = new Rgba(value, value, value, sample == transparent ? (byte)0 : (byte)255);
        }
    }

    private static void ConvertGreyAlpha8(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            byte value = row[2 * i];
            pixels[i] = new Rgba(value, value, value, row[2 * i + 1]);
        }
    }

    private static void ConvertGreyAlpha16(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            byte value = To8Bits(Sample(row, 2 * i));
            pixels[i] = new Rgba(value, value, value, To8Bits(Sample(row, 2 * i + 1)));
        }
    }

    private void ConvertRgb16(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            int red = Sample(row, 3 * i);
            int green = Sample(row, 3 * i + 1);
            int blue = Sample(row, 3 * i + 2);
            bool isTransparent = _transparency is not null && _transparency.Matches(red, green, blue);
            pixels[i] = new Rgba(To8Bits(red), To8Bits(green), To8Bits(blue), isTransparent ? (byte)0 : (byte)255);
        }
    }

    private static void ConvertRgba16(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = new Rgba(To8Bits(Sample(row, 4 * i)), To8Bits(Sample(row, 4 * i + 1)), To8Bits(Sample(row, 4 * i + 2)), To8Bits(Sample(row, 4 * i + 3)));
        }
    }
}
