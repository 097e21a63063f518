using System.Buffers.Binary;
using System.Text;

namespace KMeansPS.PointFiles.Npy;

/// <summary>
/// The head of an NPY file of version 1, 2 or 3 (NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"):
/// the signature, the version, the length of the text that follows, and that text, a Python dictionary.
/// </summary>
/// <param name="Element">The type of the values.</param>
/// <param name="Count">How many points there are: the first number of the shape.</param>
/// <param name="Dimension">How many values a point has: the second number of the shape, 1 where there is only one.</param>
/// <param name="ColumnMajor">Whether the file has column after column (Fortran's order) and not row after row.</param>
internal sealed record NpyHeader(NpyElement Element, long Count, int Dimension, bool ColumnMajor)
{
    // NumPy itself writes less than 200 bytes for an array that can be points.
    private const uint LongestText = 1 << 16;

    /// <summary>The signature.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>How many bytes the values take in the file.</summary>
    internal long DataBytes => Count * Dimension * Element.Size;

    /// <summary>Where the values start in the file.</summary>
    internal int DataOffset { get; private init; }

    /// <summary>Whether there are more values than one set of points takes: such a file can only be streamed.</summary>
    internal bool IsTooLargeForOneSet => Count > Array.MaxLength / Dimension;

    /// <summary>Reads the head and holds its claims against the length of the file, before memory is taken for them.</summary>
    internal static NpyHeader Read(ByteInput input)
    {
        Need(input, 8);
        byte version = input.Unread[6];
        if (version is < 1 or > 3)
        {
            throw Broken(6, $"version {version} is none of 1, 2 and 3");
        }

        int start = version == 1 ? 10 : 12;
        Need(input, start);
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(input.Unread[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(input.Unread[8..]);
        if (length > LongestText)
        {
            throw Broken(8, $"the header claims {length} bytes, which no array of points needs");
        }

        Need(input, start + (int)length);
        string text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(input.Unread.Slice(start, (int)length));
        var header = Check(new NpyDictionary(text, start), start);
        input.Advance(start + (int)length);
        if (input.Remaining is { } rest && rest < header.DataBytes)
        {
            throw Truncated(input.Offset + rest, header.DataBytes, rest);
        }

        return header with { DataOffset = start + (int)length };
    }

    /// <summary>Refuses a file whose values do not fit into one set of points.</summary>
    internal void ThrowIfTooLargeForOneSet(int start = 0)
    {
        if (IsTooLargeForOneSet)
        {
            throw Unsupported(start, $"{Count} points of {Dimension} dimensions are more than {Array.MaxLength} numbers, too many for one set of points; stream them");
        }
    }

    /// <summary>The error for a file that ends before its values do.</summary>
    internal static PointFileException Truncated(long at, long claimed, long there) =>
        Broken(at, $"the file ends here: {claimed} bytes of values are claimed, {there} are there");

    private static NpyHeader Check(NpyDictionary dictionary, int start)
    {
        if (dictionary.Descr is not { } descr || dictionary.FortranOrder is not { } columnMajor || dictionary.Shape is not { } shape)
        {
            throw Broken(start, "the header lacks 'descr', 'fortran_order' or 'shape'");
        }

        var element = NpyElement.Parse(descr)
            ?? throw Unsupported(start, $"values of type {descr} are not read; save the array as float32, float64, integers or booleans");
        if (shape.Length is not (1 or 2))
        {
            throw Unsupported(start, $"an array of {shape.Length} dimensions does not say what its points are; save it in the shape (points, values)");
        }

        long count = shape[0];
        long dimension = shape.Length == 1 ? 1 : shape[1];
        if (count == 0 || dimension == 0)
        {
            throw new PointFileException($"The array of shape ({string.Join(", ", shape)}) has no points.", start);
        }

        return dimension > Array.MaxLength || count > long.MaxValue / dimension / element.Size
            ? throw Unsupported(start, $"{count} points of {dimension} dimensions are more than {Array.MaxLength} numbers, too many for one set of points")
            : new NpyHeader(element, count, (int)dimension, columnMajor && shape.Length == 2);
    }

    private static void Need(ByteInput input, int count)
    {
        if (!input.Ensure(count))
        {
            throw Broken(input.Unread.Length, "the file ends within its header");
        }
    }

    internal static PointFileException Broken(long at, string reason) => new($"Broken NPY at byte {at}: {reason}.", at);

    private static PointFileException Unsupported(long at, string reason) => new($"Unsupported NPY at byte {at}: {reason}.", at);
}
