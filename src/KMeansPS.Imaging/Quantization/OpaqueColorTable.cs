using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// A number for each opaque colour that occurs: first how often, then which one it is. Two levels: a <see cref="ColorKey"/>
/// is the number of a cell of 4 x 4 x 4 neighbouring colours and a place in it. Cells that do not occur take no room, and
/// the next pixel of a picture is mostly in the same cell or one that is in the cache.
/// </summary>
internal sealed class OpaqueColorTable
{
    /// <summary>How many pixels are looked up at once at most.</summary>
    internal const int MostAtOnce = 256;

    private const int Apart = 4;
    private const int CellSize = 1 << ColorKey.PlaceBits;
    private const uint PlaceMask = CellSize - 1;

    // For each possible cell, where its places start; 0 for one that does not occur, as the first places are left out.
    private readonly int[] _startOfCell = new int[ColorKey.CellCount];
    private int[] _places = new int[1024 * CellSize];
    private int _end = CellSize;

    /// <summary>Counts a few pixels, all opaque: two look-ups for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ReadOnlySpan<uint> colors)
    {
        Span<uint> keys = stackalloc uint[MostAtOnce];
        keys = keys[..colors.Length];
        ColorKey.Of(colors, keys);

        // Neighbours are often of one colour, and a count is slow to read when it was just written: so others come between.
        int apart = keys.Length / Apart;
        for (int i = 0; i < apart; i++)
        {
            for (int j = 0; j < Apart; j++)
            {
                Add(keys[(j * apart) + i]);
            }
        }

        foreach (uint key in keys[(apart * Apart)..])
        {
            Add(key);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint key)
    {
        int start = _startOfCell[key >> ColorKey.PlaceBits];
        if (start == 0)
        {
            start = AddCell(key >> ColorKey.PlaceBits);
        }

        _places[start + (int)(key & PlaceMask)]++;
    }

    /// <summary>Adds what another table counted.</summary>
    internal void Add(OpaqueColorTable other)
    {
        for (uint cell = 0; cell < ColorKey.CellCount; cell++)
        {
            int from = other._startOfCell[cell];
            if (from == 0)
            {
                continue;
            }

            int to = _startOfCell[cell] == 0 ? AddCell(cell) : _startOfCell[cell];
            for (int place = 0; place < CellSize; place++)
            {
                _places[to + place] += other._places[from + place];
            }
        }
    }

    /// <summary>How many distinct colours were counted.</summary>
    internal int CountColors() => _end - CellSize - _places.AsSpan(CellSize, _end - CellSize).Count(0);

    /// <summary>Lists the colours and their counts cell by cell, and from then on knows the number of each in the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void NumberColors(Span<Rgba> colors, Span<int> counts)
    {
        int number = 0;
        for (uint cell = 0; cell < ColorKey.CellCount; cell++)
        {
            int start = _startOfCell[cell];
            if (start == 0)
            {
                continue;
            }

            var places = _places.AsSpan(start, CellSize);
            for (ulong left = Occupied(places); left != 0; left &= left - 1)
            {
                int place = BitOperations.TrailingZeroCount(left);
                colors[number] = ColorKey.ToColor((cell << ColorKey.PlaceBits) | (uint)place);
                counts[number] = places[place];
                places[place] = number++;
            }
        }
    }

    /// <summary>The number of a colour that occurs.</summary>
    internal int NumberOf(uint color)
    {
        uint key = ColorKey.Of(color);
        return _places[_startOfCell[key >> ColorKey.PlaceBits] + (int)(key & PlaceMask)];
    }

    /// <summary>The value of each colour at the place of its number; any value at the places of colours that do not occur.</summary>
    internal byte[] AtPlaces(byte[] valueOfColor)
    {
        var values = GC.AllocateUninitializedArray<byte>(_end);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = valueOfColor[_places[i]];
        }

        return values;
    }

    /// <summary>Looks up a few pixels whose colours all occur: two look-ups for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Map(ReadOnlySpan<uint> colors, byte[] valueAtPlace, Span<byte> values)
    {
        Span<uint> keys = stackalloc uint[MostAtOnce];
        keys = keys[..colors.Length];
        ColorKey.Of(colors, keys);
        var starts = _startOfCell;
        values = values[..keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            values[i] = valueAtPlace[starts[keys[i] >> ColorKey.PlaceBits] + (int)(keys[i] & PlaceMask)];
        }
    }

    // A bit for each place that is not 0.
    private static ulong Occupied(ReadOnlySpan<int> places)
    {
        ulong occupied = 0;
        for (int i = 0; i < CellSize; i += Vector256<int>.Count)
        {
            occupied |= (ulong)Vector256.GreaterThan(Vector256.Create(places[i..]), Vector256<int>.Zero).ExtractMostSignificantBits() << i;
        }

        return occupied;
    }

    private int AddCell(uint cell)
    {
        if (_end == _places.Length)
        {
            Array.Resize(ref _places, _places.Length * 2);
        }

        int start = _startOfCell[cell] = _end;
        _end += CellSize;
        return start;
    }
}
