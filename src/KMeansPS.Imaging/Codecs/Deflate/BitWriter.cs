using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Collects bits, the first one lowest in its byte (RFC 1951, 3.1.1).</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[1 << 12];
    private int _length;
    private ulong _pending;
    private int _pendingCount;

    /// <summary>How many bits have been written.</summary>
    internal long BitCount => (8L * _length) + _pendingCount;

    /// <summary>The whole bytes that have been written; after <see cref="Align"/> that is everything.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Forgets everything and keeps the memory.</summary>
    internal void Clear()
    {
        _length = 0;
        _pending = 0;
        _pendingCount = 0;
    }

    /// <summary>Forgets the whole bytes, which somebody has taken, and keeps the bits that are no byte yet.</summary>
    internal void TakeBytes() => _length = 0;

    /// <summary>Writes up to 48 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write(ulong bits, int count)
    {
        if (_length + 8 > _bytes.Length)
        {
            Grow(8);
        }

        _pending |= bits << _pendingCount;
        _pendingCount += count;
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), _pending);
        int whole = _pendingCount >> 3;
        _length += whole;
        _pendingCount &= 7;
        _pending >>= 8 * whole;
    }

    /// <summary>Writes zeros up to the next whole byte.</summary>
    internal void Align() => Write(0, -_pendingCount & 7);

    /// <summary>Writes bytes; the writer must be aligned.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes all that another writer has.</summary>
    internal void Append(BitWriter other)
    {
        var bytes = other.Bytes;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            Write(BinaryPrimitives.ReadUInt32LittleEndian(bytes), 32);
        }

        foreach (byte value in bytes)
        {
            Write(value, 8);
        }

        Write(other._pending, other._pendingCount);
    }

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + more));
}
