using System.Buffers.Binary;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>Turns rows of raw samples into RGBA, scaled to 8 bits and rounded to nearest.</summary>
internal sealed class PnmRowConverter
{
    private readonly PnmHeader _header;

    // What a sample becomes; those above the largest value do not come this far.
    private readonly byte[] _scaled;

    // The same for grey pixels of one byte.
    private readonly Rgba[] _greys = [];

    /// <summary>Makes a converter for one picture.</summary>
    internal PnmRowConverter(PnmHeader header)
    {
        _header = header;
        _scaled = new byte[header.SampleLength == 1 ? 256 : 65536];
        for (int i = 0; i <= header.MaxValue; i++)
        {
            _scaled[i] = (byte)((i * 255 + header.MaxValue / 2) / header.MaxValue);
        }

        if (header is { Channels: 1, SampleLength: 1 })
        {
            _greys = new Rgba[256];
            for (int i = 0; i < 256; i++)
            {
                // In PBM 1 is ink, in all others the largest sample is white.
                byte value = header.IsBitmap ? (byte)(255 - _scaled[i]) : _scaled[i];
                _greys[i] = new Rgba(value, value, value);
            }
        }
    }

    /// <summary>Converts one row.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="pixels">As many pixels as the row has; all are written.</param>
    /// <returns>False where a sample is above the largest value.</returns>
    internal bool TryConvert(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        if (_header.IsBitmap)
        {
            PackedRow.Expand(row, _header.BitmapBits, _greys, pixels);
            return true;
        }

        if (!IsInRange(row))
        {
            return false;
        }

        if (_greys.Length > 0)
        {
            PackedRow.Expand(row, 8, _greys, pixels);
        }
        else if (_header is { Channels: 3, MaxValue: 255 })
        {
            RgbRow.Expand(row, pixels);
        }
        else if (_header.SampleLength == 1)
        {
            ConvertBytes(row, pixels);
        }
        else
        {
            ConvertWords(row, pixels);
        }

        return true;
    }

    private bool IsInRange(ReadOnlySpan<byte> row)
    {
        if (_header.SampleLength == 1)
        {
            return _header.MaxValue == 255 || !row.ContainsAnyExceptInRange((byte)0, (byte)_header.MaxValue);
        }

        for (int i = 0; i < row.Length; i += 2)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(row[i..]) > _header.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private void ConvertBytes(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            var samples = row.Slice(x * _header.Channels, _header.Channels);
            pixels[x] = samples.Length switch
            {
                2 => Grey(_scaled[samples[0]], _scaled[samples[1]]),
                3 => new Rgba(_scaled[samples[0]], _scaled[samples[1]], _scaled[samples[2]]),
                _ => new Rgba(_scaled[samples[0]], _scaled[samples[1]], _scaled[samples[2]], _scaled[samples[3]]),
            };
        }
    }

    private void ConvertWords(ReadOnlySpan<byte> row, Span<Rgba> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            var samples = row.Slice(2 * x * _header.Channels, 2 * _header.Channels);
            pixels[x] = _header.Channels switch
            {
                1 => Grey(Word(samples), 255),
                2 => Grey(Word(samples), Word(samples[2..])),
                3 => new Rgba(Word(samples), Word(samples[2..]), Word(samples[4..])),
                _ => new Rgba(Word(samples), Word(samples[2..]), Word(samples[4..]), Word(samples[6..])),
            };
        }
    }

    private byte Word(ReadOnlySpan<byte> sample) => _scaled[BinaryPrimitives.ReadUInt16BigEndian(sample)];

    private static Rgba Grey(byte value, byte alpha) => new(value, value, value, alpha);
}
