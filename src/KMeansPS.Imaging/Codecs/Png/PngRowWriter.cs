using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Collects filtered rows into bands of 64 KiB, compresses them and writes the IDAT chunks. Looks at the token once a
/// band, which takes a few milliseconds.
/// </summary>
internal sealed class PngRowWriter : IDisposable
{
    private readonly CancellationToken _cancellationToken;
    private readonly IdatChunkStream _idat;
    private readonly ZLibStream _zlib;
    private readonly byte[] _band = new byte[1 << 16];
    private int _used;

    /// <summary>Makes a writer of rows.</summary>
    internal PngRowWriter(PngChunkWriter chunks, CompressionLevel level, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _idat = new IdatChunkStream(chunks);
        _zlib = new ZLibStream(_idat, level, leaveOpen: true);
    }

    /// <summary>The bytes of the band that are still free: at least one.</summary>
    internal Span<byte> Free => _band.AsSpan(_used);

    /// <summary>Says that so many of the free bytes have been written.</summary>
    internal void Advance(int count)
    {
        _used += count;
        if (_used == _band.Length)
        {
            WriteBand();
        }
    }

    /// <summary>Writes the filter type that a row starts with.</summary>
    internal void Write(PngFilterType filter)
    {
        _band[_used] = (byte)filter;
        Advance(1);
    }

    /// <summary>Writes bytes of a row.</summary>
    internal void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int count = Math.Min(data.Length, _band.Length - _used);
            data[..count].CopyTo(Free);
            data = data[count..];
            Advance(count);
        }
    }

    /// <summary>Compresses what is left and writes the last chunk.</summary>
    internal void Finish()
    {
        WriteBand();
        _zlib.Dispose();
        _idat.Finish();
    }

    /// <summary>Gives up the compressor; what was not finished is lost.</summary>
    public void Dispose()
    {
        _idat.Abandon();
        _zlib.Dispose();
        _idat.Dispose();
    }

    private void WriteBand()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _zlib.Write(_band, 0, _used);
        _used = 0;
    }
}
