namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>The head of a PBM, PGM, PPM or PAM file (Netpbm, format descriptions pbm(5), pgm(5), ppm(5), pam(5)).</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Channels">Samples a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</param>
/// <param name="MaxValue">What a full sample is, 1 to 65535.</param>
/// <param name="IsPlain">Whether samples are decimal numbers.</param>
/// <param name="IsBitmap">Whether this is PBM: 1 is black, and eight raw pixels share a byte.</param>
internal readonly record struct PnmHeader(int Width, int Height, int Channels, int MaxValue, bool IsPlain, bool IsBitmap)
{
    /// <summary>Bytes of a raw sample.</summary>
    internal int SampleLength => MaxValue > 255 ? 2 : 1;

    /// <summary>Bits of a raw pixel of PBM; plain ones are kept one a byte.</summary>
    internal int BitmapBits => IsPlain ? 8 : 1;

    /// <summary>Bytes of a row as it is held: raw rows as they stand in the file.</summary>
    internal long RowLength => IsBitmap ? ((long)Width * BitmapBits + 7) / 8 : (long)Width * Channels * SampleLength;

    /// <summary>The fewest bytes that the pixels take in the file.</summary>
    internal long LeastLength
    {
        get
        {
            // A plain number has at least one digit, and all but the last are followed by a space; digits of PBM need none.
            long samples = (long)Width * Height * Channels;
            return !IsPlain ? RowLength * Height : IsBitmap ? samples : 2 * samples - 1;
        }
    }

    /// <summary>Reads the head of a file, up to its first pixel.</summary>
    internal static PnmHeader Read(PnmReader reader)
    {
        int letter = reader.ReadByte();
        int kind = reader.ReadByte();
        if (letter != 'P')
        {
            throw PnmFault.Broken(0, "the file does not start with P and a digit");
        }

        switch (kind)
        {
            case >= '1' and <= '6':
                return ReadClassic(reader, kind - '0');
            case '7':
                return PamHeader.Read(reader);
            case 'F' or 'f':
                throw PnmFault.Unsupported(0, "portable float maps (PFM) are not read");
            default:
                throw PnmFault.Broken(1, kind < 0 ? "the file ends within its signature" : "there is no such kind of PNM");
        }
    }

    /// <summary>Refuses sizes that cannot be.</summary>
    internal static PnmHeader Checked(PnmHeader header, PnmReader reader)
    {
        if (header.Width == 0 || header.Height == 0)
        {
            throw PnmFault.Broken(reader.Position, $"a picture of {header.Width} x {header.Height} pixels cannot be");
        }

        if (header.MaxValue is 0 or > 65535)
        {
            throw PnmFault.Broken(reader.Position, $"a largest sample of {header.MaxValue} cannot be: it is 1 to 65535");
        }

        return header;
    }

    private static PnmHeader ReadClassic(PnmReader reader, int kind)
    {
        bool isPlain = kind <= 3;
        bool isBitmap = kind is 1 or 4;
        int channels = kind is 3 or 6 ? 3 : 1;
        int next = reader.ReadCharacter();
        if (!PnmReader.IsSpace(next))
        {
            throw PnmFault.Broken(reader.Position, next < 0 ? "the file ends before the width" : "no white space follows the signature");
        }

        int width = reader.ReadNumber("the width");
        int height = reader.ReadNumber("the height");
        int max = isBitmap ? 1 : reader.ReadNumber("the largest sample");
        return Checked(new PnmHeader(width, height, channels, max, isPlain, isBitmap), reader);
    }
}
