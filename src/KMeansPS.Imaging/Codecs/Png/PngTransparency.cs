using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The tRNS chunk: alphas of the palette, or the one colour that is transparent (W3C PNG, third edition 2025, 11.3.1.1).</summary>
internal sealed class PngTransparency
{
    private readonly byte[] _paletteAlphas = [];

    private PngTransparency(byte[] paletteAlphas)
    {
        _paletteAlphas = paletteAlphas;
    }

    private PngTransparency(int red, int green, int blue)
    {
        Red = red;
        Green = green;
        Blue = blue;
    }

    /// <summary>The alphas of the first palette entries; the rest is opaque.</summary>
    internal ReadOnlySpan<byte> PaletteAlphas => _paletteAlphas;

    /// <summary>The transparent colour's red, or its grey, in the file's depth.</summary>
    internal int Red { get; } = -1;

    /// <summary>The transparent colour's green, in the file's depth.</summary>
    internal int Green { get; } = -1;

    /// <summary>The transparent colour's blue, in the file's depth.</summary>
    internal int Blue { get; } = -1;

    /// <summary>Reads the chunk's data; null where they do not fit the picture.</summary>
    internal static PngTransparency? Parse(ReadOnlySpan<byte> data, PngHeader header, int paletteCount)
    {
        // Only the low bits of a value count.
        int mask = (1 << header.BitDepth) - 1;
        switch (header.ColorType)
        {
            case PngColorType.IndexedColour when data.Length >= 1 && data.Length <= paletteCount:
                return new PngTransparency(data.ToArray());
            case PngColorType.Greyscale when data.Length == 2:
                int grey = BinaryPrimitives.ReadUInt16BigEndian(data) & mask;
                return new PngTransparency(grey, grey, grey);
            case PngColorType.Truecolour when data.Length == 6:
                return new PngTransparency(
                    BinaryPrimitives.ReadUInt16BigEndian(data) & mask,
                    BinaryPrimitives.ReadUInt16BigEndian(data[2..]) & mask,
                    BinaryPrimitives.ReadUInt16BigEndian(data[4..]) & mask);
            default:
                return null;
        }
    }

    /// <summary>Whether samples, in the file's depth, are those of the transparent colour.</summary>
    internal bool Matches(int red, int green, int blue) => red == Red && green == Green && blue == Blue;

    /// <summary>Makes the pixels transparent that have the transparent colour, for 8 bits a sample.</summary>
    internal void ClearMatching(Span<Rgba> pixels)
    {
        var match = new Rgba((byte)Red, (byte)Green, (byte)Blue);
        foreach (ref var pixel in pixels)
        {
            if (pixel == match)
            {
                pixel = match with { A = 0 };
            }
        }
    }
}
