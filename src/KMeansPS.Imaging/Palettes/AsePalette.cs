using System.Buffers.Binary;
using System.Text;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Palettes;

/// <summary>
/// Adobe Swatch Exchange: "ASEF", a version, a count of blocks; each block a type, a length, and for a colour its name in
/// UTF-16, its model and its components as floats, all big-endian. Groups are opened and closed by blocks of their own,
/// and make no difference here. The file names no profile: RGB is taken for sRGB, LAB for CIELAB under D50, and CMYK is
/// mixed as if inks were perfect, (1 - C)(1 - K) for red, which is brighter than print.
/// </summary>
internal static class AsePalette
{
    private const ushort ColorBlock = 1;

    private static ReadOnlySpan<byte> Signature => "ASEF"u8;

    internal static bool Recognizes(ReadOnlySpan<byte> content) => content.StartsWith(Signature);

    internal static List<Rgba> Read(ReadOnlySpan<byte> content)
    {
        var rest = Take(content, 12, out var head);
        uint blocks = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        var colors = new List<Rgba>();
        for (uint i = 0; i < blocks; i++)
        {
            rest = Take(rest, 6, out var block);
            rest = Take(rest, BinaryPrimitives.ReadUInt32BigEndian(block[2..]), out var data);
            if (BinaryPrimitives.ReadUInt16BigEndian(block) == ColorBlock)
            {
                colors.Add(ReadColor(data));
            }
        }

        return colors;
    }

    private static Rgba ReadColor(ReadOnlySpan<byte> data)
    {
        var rest = Take(data, 2, out var length);
        rest = Take(rest, 2u * BinaryPrimitives.ReadUInt16BigEndian(length), out _);
        rest = Take(rest, 4, out var model);
        switch (Encoding.ASCII.GetString(model))
        {
            case "RGB ":
                Take(rest, 12, out var rgb);
                return new Rgba(Level(rgb), Level(rgb[4..]), Level(rgb[8..]));
            case "Gray":
                Take(rest, 4, out var gray);
                return new Rgba(Level(gray), Level(gray), Level(gray));
            case "CMYK":
                Take(rest, 16, out var cmyk);
                float paper = 1 - Share(cmyk[12..]);
                return new Rgba(Level((1 - Share(cmyk)) * paper), Level((1 - Share(cmyk[4..])) * paper), Level((1 - Share(cmyk[8..])) * paper));
            case "LAB ":
                Take(rest, 12, out var lab);
                return new PrintLab(Share(lab) * 100, Number(lab[4..], -128, 127), Number(lab[8..], -128, 127)).ToColor();
            case var other:
                throw new PaletteFileException($"The swatch file has a colour of the model '{other.TrimEnd()}', which is none of RGB, CMYK, LAB and Gray.");
        }
    }

    private static byte Level(ReadOnlySpan<byte> number) => Level(Share(number));

    private static byte Level(float share) => (byte)((share * 255) + 0.5f);

    private static float Share(ReadOnlySpan<byte> number) => Number(number, 0, 1);

    private static float Number(ReadOnlySpan<byte> number, float least, float most)
    {
        float value = BinaryPrimitives.ReadSingleBigEndian(number);
        return value >= least && value <= most
            ? value
            : throw new PaletteFileException($"The swatch file is damaged: a component is {value}, which is not {least} to {most}.");
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, uint count, out ReadOnlySpan<byte> taken)
    {
        if (count > from.Length)
        {
            throw new PaletteFileException("The swatch file is damaged: it ends too early.");
        }

        taken = from[..(int)count];
        return from[(int)count..];
    }
}
