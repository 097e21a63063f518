using System.Numerics;
using System.Runtime.InteropServices;

namespace KMeansPS.PointFiles.Npy;

/// <summary>Reads consecutive rows of an NPY file from where they are in it, in either order of its values.</summary>
/// <param name="stream">The file.</param>
/// <param name="header">Its header.</param>
/// <param name="cancellationToken">Looked at before each reading.</param>
internal sealed class NpyChunks<T>(FileStream stream, NpyHeader header, CancellationToken cancellationToken)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _isStoredSo = header.Element.IsStoredAs<T>();
    private byte[] _bytes = [];
    private T[] _column = [];

    /// <summary>Reads rows.</summary>
    /// <param name="first">The first of them, 0 being the first of the file.</param>
    /// <param name="rows">How many.</param>
    /// <param name="target">Where their values go, row by row.</param>
    internal void Read(long first, int rows, T[] target)
    {
        int d = header.Dimension;
        if (!header.ColumnMajor)
        {
            ReadValues(first * d, target.AsSpan(0, rows * d));
            return;
        }

        if (_column.Length < rows)
        {
            _column = new T[rows];
        }

        for (int j = 0; j < d; j++)
        {
            ReadValues((j * header.Count) + first, _column.AsSpan(0, rows));
            for (int i = 0, at = j; i < rows; i++, at += d)
            {
                target[at] = _column[i];
            }
        }
    }

    private void ReadValues(long from, Span<T> target)
    {
        int size = header.Element.Size;
        long at = header.DataOffset + (from * size);
        if (_isStoredSo)
        {
            Fill(MemoryMarshal.AsBytes(target), at);
            return;
        }

        if (_bytes.Length < target.Length * size)
        {
            _bytes = new byte[target.Length * size];
        }

        var bytes = _bytes.AsSpan(0, target.Length * size);
        Fill(bytes, at);
        header.Element.Convert(bytes, target);
    }

    private void Fill(Span<byte> target, long at)
    {
        while (target.Length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = RandomAccess.Read(stream.SafeFileHandle, target, at);
            if (read == 0)
            {
                throw NpyHeader.Truncated(at, header.DataBytes, at - header.DataOffset);
            }

            target = target[read..];
            at += read;
        }
    }
}
