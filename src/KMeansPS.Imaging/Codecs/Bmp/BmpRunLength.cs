namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>
/// Reads rows in RLE8 and RLE4 (Microsoft, Windows GDI, "Bitmap Compression"). Pixels that the file passes over are
/// palette entry 0. What goes past the end of a row is cut off.
/// </summary>
/// <param name="bytes">At the first code.</param>
/// <param name="bits">Bits a pixel: 4 or 8.</param>
/// <param name="colors">A colour for each of the 256 values of a byte.</param>
/// <param name="image">All pixels set to entry 0.</param>
internal sealed class BmpRunLength(BmpByteReader bytes, int bits, Rgba[] colors, PixelImage image)
{
    private long _x;

    // Counted from the bottom.
    private long _y;

    /// <summary>Whether something was cut off, other than the padding to a multiple of 4 that some writers encode.</summary>
    internal bool HasOverrun { get; private set; }

    /// <summary>Reads codes up to the end of the picture.</summary>
    internal void Read()
    {
        while (true)
        {
            int count = bytes.Read();
            int value = bytes.Read();
            if (value < 0)
            {
                // Some writers leave out the last code.
                CheckComplete();
                return;
            }

            if (count > 0)
            {
                Run(count, value);
            }
            else if (value == 0)
            {
                _x = 0;
                _y++;
            }
            else if (value == 1)
            {
                return;
            }
            else if (value == 2)
            {
                _x += Need();
                _y += Need();
            }
            else
            {
                Absolute(value);
            }
        }
    }

    private void CheckComplete()
    {
        bool isComplete = _y >= image.Height || (_y == image.Height - 1 && _x >= image.Width);
        if (!isComplete)
        {
            throw BmpFault.Broken(bytes.Position, $"the file ends within row {_y} from the bottom");
        }
    }

    private int Need()
    {
        int value = bytes.Read();
        return value >= 0 ? value : throw BmpFault.Broken(bytes.Position, "the file ends within a run-length code");
    }

    private void Run(int count, int value)
    {
        var pixels = Target(count);
        if (bits == 8)
        {
            pixels.Fill(colors[value]);
            return;
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = colors[(i & 1) == 0 ? value >> 4 : value & 15];
        }
    }

    private void Absolute(int count)
    {
        var pixels = Target(count);
        int length = (count * bits + 7) / 8;
        int perByte = 8 / bits;
        for (int i = 0; i < length; i++)
        {
            int value = Need();
            for (int k = 0, x = i * perByte; k < perByte && x < pixels.Length; k++, x++)
            {
                pixels[x] = colors[bits == 8 ? value : k == 0 ? value >> 4 : value & 15];
            }
        }

        if ((length & 1) != 0)
        {
            Need();
        }
    }

    // The pixels of the row from the current place on that a code is about to set, and goes past them.
    private Span<Rgba> Target(int count)
    {
        long left = _y < image.Height ? Math.Max(image.Width - _x, 0) : 0;
        int fits = (int)Math.Min(count, left);
        HasOverrun |= _y >= image.Height || _x + count > (image.Width + 3L) / 4 * 4;
        var pixels = fits == 0 ? [] : image.Row(image.Height - 1 - (int)_y).Slice((int)_x, fits);
        _x += count;
        return pixels;
    }
}
