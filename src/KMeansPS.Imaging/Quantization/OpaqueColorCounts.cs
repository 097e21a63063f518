using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// How often each opaque colour occurs. Two levels: a <see cref="ColorKey"/> is the number of a cell of 4 x 4 x 4
/// neighbouring colours and a place in it. Cells that do not occur take no room, and the next pixel of a picture is mostly
/// in the same cell or one that is in the cache: a count is one byte, so that a cell is one cache line.
/// </summary>
internal sealed class OpaqueColorCounts
{
    /// <summary>How many pixels are counted at once at most.</summary>
    internal const int MostAtOnce = 256;

    /// <summary>The highest count that a byte holds; a colour that has more is <see cref="Full"/> so many times.</summary>
    internal const int Most = byte.MaxValue;

    private const int Apart = 4;
    private const int LeastRoom = 1 << 10;
    private const int MostRoom = 1 << 15;
    private const int PixelsForACell = 10; // of small photographs, few have more cells

    private readonly List<uint> _full = [];
    private byte[] _counts;
    private int _end = ColorKey.CellSize;

    /// <summary>Nothing is counted yet.</summary>
    /// <param name="pixels">About how many pixels there will be, from which the first room for cells follows.</param>
    internal OpaqueColorCounts(int pixels) =>
        _counts = new byte[ColorKey.CellSize * Math.Clamp(pixels / PixelsForACell, LeastRoom, MostRoom)];

    /// <summary>For each possible cell, where its places start; 0 for one that does not occur, as the first places are left out.</summary>
    internal int[] StartOfCell { get; } = new int[ColorKey.CellCount];

    /// <summary>How many cells occur.</summary>
    internal int CellCount => (_end / ColorKey.CellSize) - 1;

    /// <summary>Keys of the colours that were counted <see cref="Most"/> times more often than the counts say, each as often as that is so.</summary>
    internal IReadOnlyList<uint> Full => _full;

    /// <summary>The counts of a cell's places: 0 for a colour that does not occur, and for no other.</summary>
    internal ReadOnlySpan<byte> Counts(int start) => _counts.AsSpan(start, ColorKey.CellSize);

    /// <summary>Counts a few pixels, all opaque: two look-ups for each.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ReadOnlySpan<uint> colors)
    {
        Span<uint> keys = stackalloc uint[MostAtOnce];
        keys = keys[..colors.Length];
        ColorKey.Of(colors, keys);
        MakeRoom(keys.Length);
        int[] starts = StartOfCell;
        byte[] counts = _counts;

        // Neighbours are often of one colour, and a count is slow to read when it was just written: so others come between.
        int apart = keys.Length / Apart;
        var first = keys[..apart];
        var second = keys.Slice(apart, apart);
        var third = keys.Slice(2 * apart, apart);
        var fourth = keys.Slice(3 * apart, apart);
        for (int i = 0; i < first.Length; i++)
        {
            Add(first[i], starts, counts);
            Add(second[i], starts, counts);
            Add(third[i], starts, counts);
            Add(fourth[i], starts, counts);
        }

        foreach (uint key in keys[(apart * Apart)..])
        {
            Add(key, starts, counts);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint key, int[] starts, byte[] counts)
    {
        int start = starts[key >> ColorKey.PlaceBits];
        if (start == 0)
        {
            start = AddCell(key >> ColorKey.PlaceBits);
        }

        ref byte count = ref counts[(uint)start + (key & ColorKey.PlaceMask)];
        if (++count == 0)
        {
            count = 1;
            NoteFull(key);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteFull(uint key) => _full.Add(key);

    /// <summary>Adds what another thread counted.</summary>
    internal void Add(OpaqueColorCounts other)
    {
        for (uint cell = 0; cell < ColorKey.CellCount; cell++)
        {
            int from = other.StartOfCell[cell];
            if (from == 0)
            {
                continue;
            }

            MakeRoom(1);
            int to = StartOfCell[cell] == 0 ? AddCell(cell) : StartOfCell[cell];
            Add(cell << ColorKey.PlaceBits, other.Counts(from), _counts.AsSpan(to, ColorKey.CellSize));
        }

        _full.AddRange(other._full);
    }

    private void Add(uint firstKey, ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (int place = 0; place < ColorKey.CellSize; place++)
        {
            int sum = from[place] + to[place];
            if (sum > Most)
            {
                sum -= Most;
                _full.Add(firstKey | (uint)place);
            }

            to[place] = (byte)sum;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddCell(uint cell)
    {
        int start = StartOfCell[cell] = _end;
        _end += ColorKey.CellSize;
        return start;
    }

    private void MakeRoom(int cells)
    {
        if (_end + (cells * ColorKey.CellSize) > _counts.Length)
        {
            Array.Resize(ref _counts, _counts.Length * 2);
        }
    }
}
