namespace KMeansPS.Imaging.Codecs.Rows;

/// <summary>
/// Rows of samples of 1, 2, 4 or 8 bits, the first pixel in the highest bits of a byte: how PNG stores grey and indices,
/// and BMP indices.
/// </summary>
internal static class PackedRow
{
    /// <summary>Looks up the colour of each sample.</summary>
    /// <param name="row">The packed samples.</param>
    /// <param name="bits">Bits a sample: 1, 2, 4 or 8.</param>
    /// <param name="colors">One colour for every value that a sample can have: at least 2^bits.</param>
    /// <param name="pixels">As many pixels as the row has.</param>
    internal static void Expand(ReadOnlySpan<byte> row, int bits, ReadOnlySpan<Rgba> colors, Span<Rgba> pixels)
    {
        if (bits == 8)
        {
            colors = colors[..256];
            row = row[..pixels.Length];
            for (int i = 0; i < row.Length; i++)
            {
                pixels[i] = colors[row[i]];
            }

            return;
        }

        int perByte = 8 / bits;
        int mask = (1 << bits) - 1;
        int whole = pixels.Length / perByte;
        if (bits == 4)
        {
            ExpandNibbles(row[..whole], colors[..16], pixels);
        }
        else
        {
            for (int i = 0; i < whole; i++)
            {
                int value = row[i];
                var some = pixels.Slice(i * perByte, perByte);
                for (int k = some.Length - 1; k >= 0; k--)
                {
                    some[k] = colors[value & mask];
                    value >>= bits;
                }
            }
        }

        for (int x = whole * perByte; x < pixels.Length; x++)
        {
            pixels[x] = colors[(row[whole] >> (8 - bits * (x % perByte + 1))) & mask];
        }
    }

    /// <summary>Whether a row has a sample that is not below a count; the bits after its last pixel are not looked at.</summary>
    internal static bool ContainsAtLeast(ReadOnlySpan<byte> row, int bits, int width, int count)
    {
        if (count >= 1 << bits)
        {
            return false;
        }

        if (bits == 8)
        {
            return row[..width].ContainsAnyInRange((byte)count, (byte)255);
        }

        int perByte = 8 / bits;
        int whole = width / perByte;
        for (int i = 0; i < whole; i++)
        {
            if (ByteContainsAtLeast(row[i], bits, count))
            {
                return true;
            }
        }

        int rest = width % perByte;
        return rest > 0 && ByteContainsAtLeast(row[whole] >> (8 - bits * rest), bits, count);
    }

    private static void ExpandNibbles(ReadOnlySpan<byte> row, ReadOnlySpan<Rgba> colors, Span<Rgba> pixels)
    {
        pixels = pixels[..(2 * row.Length)];
        for (int i = 0; i < row.Length; i++)
        {
            pixels[2 * i] = colors[row[i] >> 4];
            pixels[2 * i + 1] = colors[row[i] & 15];
        }
    }

    private static bool ByteContainsAtLeast(int value, int bits, int count)
    {
        int mask = (1 << bits) - 1;
        for (; value != 0; value >>= bits)
        {
            if ((value & mask) >= count)
            {
                return true;
            }
        }

        return false;
    }
}
