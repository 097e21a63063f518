using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Reads an entropy-coded segment bit by bit (T.81, F.2.2.5), with byte stuffing undone. Behind the end it gives zeros
/// and counts them, so that the loops above need no test for the end at every bit, only <see cref="IsOverrun"/> now and then.
/// </summary>
internal ref struct BitReader
{
    /// <summary>A Huffman code and the magnitude bits behind it are never longer: at most 16 + 15 bits.</summary>
    internal const int LongestSymbol = 32;

    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _zeroBits;
    private bool _isAtEnd;

    internal BitReader(ReadOnlySpan<byte> data, int position)
    {
        _data = data;
        _position = position;
    }

    /// <summary>The next bits, the first one on top. Those below <see cref="Count"/> are not to be relied on.</summary>
    internal ulong Bits;

    /// <summary>How many of <see cref="Bits"/> are there.</summary>
    internal int Count;

    /// <summary>Whether bits were taken from behind the end of the segment.</summary>
    internal readonly bool IsOverrun => Count < _zeroBits;

    /// <summary>The byte of the file that is read next, near enough for a message.</summary>
    internal readonly int Position => _isAtEnd ? _position : Math.Max(0, _position - (Count >> 3));

    /// <summary>Fills up to at least 56 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Refill()
    {
        if (_position <= _data.Length - sizeof(ulong))
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_data), _position));
            if (BitConverter.IsLittleEndian)
            {
                word = BinaryPrimitives.ReverseEndianness(word);
            }

            // No byte 0xFF among the eight: no stuffing and no marker. What the shift adds below Count is the
            // start of the next byte, to which the next refill adds the same bits again.
            ulong inverse = ~word;
            if (((inverse - 0x0101010101010101) & word & 0x8080808080808080) == 0)
            {
                Bits |= word >> Count;
                _position += (63 - Count) >> 3;
                Count |= 56;
                return;
            }
        }

        RefillByBytes();
    }

    /// <summary>Takes bits; the caller has seen to it that they are there.</summary>
    /// <param name="count">1 to 16.</param>
    internal int Take(int count)
    {
        int bits = (int)(Bits >> (64 - count));
        Drop(count);
        return bits;
    }

    internal void Drop(int count)
    {
        Bits <<= count;
        Count -= count;
    }

    /// <summary>Reads one bit.</summary>
    internal bool TakeBit()
    {
        if (Count < 1)
        {
            Refill();
        }

        bool bit = (long)Bits < 0;
        Drop(1);
        return bit;
    }

    /// <summary>Reads the symbol of the next Huffman code; at least 16 bits remain behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int TakeSymbol(HuffmanTable table)
    {
        if (Count < LongestSymbol)
        {
            Refill();
        }

        int entry = table.Entries[(int)(Bits >> HuffmanTable.LookShift)];
        if (entry >> 16 != 0)
        {
            // The look took the magnitude bits along; give them back.
            int value = entry >> 16;
            int size = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(value));
            Drop((entry & 0xFF) - size);
            return ((entry >> 4) & 0xF0) | size;
        }

        if (entry == 0 && (entry = table.FindLong(Bits)) == 0)
        {
            throw NoCode();
        }

        Drop(entry & 0xFF);
        return entry >> 8;
    }

    /// <summary>Ends the segment: whole bytes that nobody read are passed over.</summary>
    /// <returns>Whether there were any.</returns>
    internal bool SkipToMarker(out int position)
    {
        bool leftOver = Count - _zeroBits >= 8;
        while (!_isAtEnd)
        {
            // By a search, since damage may leave anything here, up to a whole file of it.
            var rest = _data[_position..];
            int skipped = rest.IndexOf(Marker.Prefix);
            skipped = skipped < 0 ? rest.Length : skipped;
            _position += skipped;
            leftOver |= skipped > 0 | NextByte() >= 0;
        }

        position = _position;
        return leftOver;
    }

    /// <summary>Starts again behind a marker.</summary>
    internal void RestartAt(int position)
    {
        _position = position;
        _isAtEnd = false;
        _zeroBits = 0;
        Bits = 0;
        Count = 0;
    }

    internal readonly ImageFormatException NoCode() => IsOverrun
        ? EndsEarly()
        : JpegFault.Broken(Position, "the entropy-coded data hold bits that are no Huffman code");

    internal readonly ImageFormatException EndsEarly() => JpegFault.Broken(Position, _position >= _data.Length - 1
        ? "the file ends in the middle of the picture"
        : "a marker stands in the middle of the entropy-coded data");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RefillByBytes()
    {
        // Clear what an earlier word left below Count: behind the end it would not be added again.
        Bits = Count == 0 ? 0 : Bits & (ulong.MaxValue << (64 - Count));
        while (Count <= 56)
        {
            int next = NextByte();
            if (next < 0)
            {
                next = 0;
                _zeroBits += 8;
            }

            Bits |= (ulong)next << (56 - Count);
            Count += 8;
        }
    }

    // The next byte with stuffing undone, or -1 at a marker or the end of the file.
    private int NextByte()
    {
        if (_isAtEnd)
        {
            return -1;
        }

        if (_position < _data.Length)
        {
            byte value = _data[_position++];
            if (value != Marker.Prefix)
            {
                return value;
            }

            int next = _position;
            while (next < _data.Length && _data[next] == Marker.Prefix)
            {
                next++;
            }

            if (next < _data.Length && _data[next] == 0)
            {
                _position = next + 1;
                return Marker.Prefix;
            }

            // Stay on the prefix that belongs to the marker.
            _position = next - 1;
        }

        _isAtEnd = true;
        return -1;
    }
}
