namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The rows of a picture with a palette: indices of 1, 2, 4 or 8 bits into the palette in another order.</summary>
/// <param name="image">The picture.</param>
/// <param name="order">The entry of the picture's palette at each place of the file's.</param>
internal sealed class IndexedRows(IndexedImage image, byte[] order) : IPackedRows
{
    private readonly byte[] _placeOf = Invert(order);
    private readonly bool _isKept = IsKept(order);

    /// <summary>Bits an index.</summary>
    internal int BitDepth { get; } = IndexPacker.BitsFor(image.Palette.Count);

    /// <inheritdoc/>
    public int Height => image.Height;

    /// <inheritdoc/>
    public int RowLength { get; } = (int)((((long)image.Width * IndexPacker.BitsFor(image.Palette.Count)) + 7) / 8);

    /// <inheritdoc/>
    public int Distance => 1;

    /// <inheritdoc/>
    public void Pack(int y, int start, Span<byte> packed)
    {
        int perByte = 8 / BitDepth;
        var indices = image.Row(y)[(start * perByte)..];
        indices = indices[..(int)Math.Min(indices.Length, (long)packed.Length * perByte)];
        if (_isKept)
        {
            IndexPacker.Pack(indices, BitDepth, packed);
            return;
        }

        const int atOnce = 4096;
        Span<byte> places = stackalloc byte[atOnce];
        for (; !indices.IsEmpty; packed = packed[Math.Min(packed.Length, atOnce / perByte)..])
        {
            var part = indices[..Math.Min(indices.Length, atOnce)];
            indices = indices[part.Length..];
            Translate(part, _placeOf, places);
            IndexPacker.Pack(places[..part.Length], BitDepth, packed);
        }
    }

    private static bool IsKept(byte[] order)
    {
        int place = 0;
        while (place < order.Length && order[place] == place)
        {
            place++;
        }

        return place == order.Length;
    }

    private static byte[] Invert(byte[] order)
    {
        var places = new byte[Palette.MaxCount];
        for (int place = 0; place < order.Length; place++)
        {
            places[order[place]] = (byte)place;
        }

        return places;
    }

    private static void Translate(ReadOnlySpan<byte> indices, ReadOnlySpan<byte> placeOf, Span<byte> places)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            places[i] = placeOf[indices[i]];
        }
    }
}
