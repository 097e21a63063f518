using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Inflates the rows of a picture and undoes their filters. Rows come in bands of some 64 KiB, so that narrow pictures
/// do not cost a call into the decompressor for each row.
/// </summary>
internal sealed class PngRowReader : IDisposable
{
    private const int BandLength = 1 << 16;

    private readonly PngChunkReader _chunks;
    private readonly CancellationToken _cancellationToken;
    private readonly IdatStream _idat;
    private readonly ZLibStream _zlib;
    private readonly int _distance;

    // The last row of the band before, then the rows of this band, each with its filter type in front.
    private readonly byte[] _buffer;

    private int _rowLength;
    private int _rowsLeft;
    private int _rowsInBand;
    private int _rowOfBand;
    private long _rowsDone;

    /// <summary>Makes a reader of rows.</summary>
    /// <param name="header">The kind of picture.</param>
    /// <param name="chunks">At the first IDAT chunk.</param>
    /// <param name="cancellationToken">Looked at for every 64 KiB.</param>
    internal PngRowReader(PngHeader header, PngChunkReader chunks, CancellationToken cancellationToken)
    {
        _chunks = chunks;
        _cancellationToken = cancellationToken;
        _distance = header.FilterDistance;
        int longest = (int)header.RowLength(header.Width);
        long whole = Math.Min((longest + 1L) * header.Height, BandLength);
        _buffer = new byte[longest + Math.Max(longest + 1, whole)];
        _idat = new IdatStream(chunks, cancellationToken);
        _zlib = new ZLibStream(_idat, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>The longest row that the buffer of a reader can hold.</summary>
    internal static long LongestRow => (Array.MaxLength - 1) / 2;

    /// <summary>Begins a pass: its first row has zeros above.</summary>
    internal void StartPass(int rowLength, int rows)
    {
        _rowLength = rowLength;
        _rowsLeft = rows;
        _rowsInBand = 0;
        _rowOfBand = 0;
        _buffer.AsSpan(0, rowLength).Clear();
    }

    /// <summary>The samples of the next row of the pass; valid until the next call.</summary>
    internal ReadOnlySpan<byte> NextRow()
    {
        if (_rowOfBand == _rowsInBand)
        {
            ReadBand();
        }

        int start = _rowLength + _rowOfBand * (_rowLength + 1);
        var filter = (PngFilterType)_buffer[start];
        if (filter > PngFilterType.Paeth)
        {
            throw PngFault.Broken(_chunks.Position, $"row {_rowsDone} has the filter type {(byte)filter}, which does not exist");
        }

        var row = _buffer.AsSpan(start + 1, _rowLength);
        PngUnfilter.Undo(filter, row, _buffer.AsSpan(start - _rowLength, _rowLength), _distance);
        _rowOfBand++;
        _rowsDone++;
        return row;
    }

    /// <summary>Passes over the rest of the IDAT chunks; the chunk after them is then at hand.</summary>
    internal void Finish() => _idat.Drain();

    public void Dispose()
    {
        _zlib.Dispose();
        _idat.Dispose();
    }

    private void ReadBand()
    {
        int stride = _rowLength + 1;
        if (_rowsInBand > 0)
        {
            _buffer.AsSpan(_rowsInBand * stride, _rowLength).CopyTo(_buffer);
        }

        _rowsInBand = Math.Min(_rowsLeft, (_buffer.Length - _rowLength) / stride);
        _rowsLeft -= _rowsInBand;
        _rowOfBand = 0;
        Inflate(_buffer.AsSpan(_rowLength, _rowsInBand * stride));
    }

    private void Inflate(Span<byte> band)
    {
        int done = 0;
        try
        {
            while (done < band.Length)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                int read = _zlib.Read(band.Slice(done, Math.Min(BandLength, band.Length - done)));
                if (read == 0)
                {
                    long row = _rowsDone + done / (_rowLength + 1);
                    throw PngFault.Broken(_chunks.Position, $"the compressed data end within row {row} of the picture");
                }

                done += read;
            }
        }
        catch (InvalidDataException e)
        {
            throw PngFault.Broken(_chunks.Position, "the compressed data are damaged or end too early", e);
        }
    }
}
