using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Numbers keys in the order in which they first come: a hash table of 12 to 24 bytes for each, about half of what a
/// dictionary takes, since there may be as many as a picture has colours.
/// </summary>
internal sealed class CellNumbers
{
    private const int LeastBits = 12;

    // The number of a key and 1, where its hash or the next free place is; 0 for none. At most half of the places are taken.
    private int[] _places = new int[1 << LeastBits];
    private long[] _keys = new long[1 << (LeastBits - 1)];

    /// <summary>How many keys have come.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of a key, a new one if it has not come before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Of(long key)
    {
        int place = PlaceOf(key);
        int number = _places[place] - 1;
        return number >= 0 ? number : Add(key, place);
    }

    // Multiplied by 2^64 over the golden ratio, the upper bits depend on all bits of the key (D. E. Knuth, 1973).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(long key)
    {
        int[] places = _places;
        int place = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)places.Length)));
        while (places[place] != 0 && _keys[places[place] - 1] != key)
        {
            place = (place + 1) & (places.Length - 1);
        }

        return place;
    }

    private int Add(long key, int place)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
            _places = new int[_places.Length * 2];
            for (int number = 0; number < Count; number++)
            {
                _places[PlaceOf(_keys[number])] = number + 1;
            }

            place = PlaceOf(key);
        }

        _keys[Count] = key;
        _places[place] = ++Count;
        return Count - 1;
    }
}
