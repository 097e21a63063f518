using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// A number for each opaque colour that occurs: first how often, then which one it is. Two levels: the upper six bits of
/// red, green and blue choose a cell of 4 x 4 x 4 neighbouring colours, the lower two bits a place in it. Cells that do
/// not occur take no room, and the next pixel of a picture is mostly in the same cell or one that is in the cache.
/// </summary>
internal sealed class OpaqueColorTable
{
    private const int CellSize = 64;

    // For each possible cell, where its places start; 0 for one that does not occur, as the first places are left out.
    private readonly int[] _startOfCell = new int[1 << 18];
    private int[] _places = new int[1024 * CellSize];
    private int _end = CellSize;

    /// <summary>How many distinct colours occur.</summary>
    internal int Count { get; private set; }

    internal void Add(uint color, int times)
    {
        int cell = CellOf(color);
        int start = _startOfCell[cell];
        if (start == 0)
        {
            start = AddCell(cell);
        }

        ref int count = ref _places[start + PlaceOf(color)];
        if (count == 0)
        {
            Count++;
        }

        count += times;
    }

    /// <summary>Lists the colours and their counts cell by cell, and from then on knows the number of each in the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void NumberColors(Span<Rgba> colors, Span<int> counts)
    {
        int number = 0;
        for (int cell = 0; cell < _startOfCell.Length; cell++)
        {
            int start = _startOfCell[cell];
            if (start == 0)
            {
                continue;
            }

            var places = _places.AsSpan(start, CellSize);
            for (int place = 0; place < places.Length; place++)
            {
                if (places[place] > 0)
                {
                    colors[number] = ColorAt(cell, place);
                    counts[number] = places[place];
                    places[place] = number++;
                }
            }
        }
    }

    /// <summary>The number of a colour that occurs.</summary>
    internal int NumberOf(uint color) => _places[_startOfCell[CellOf(color)] + PlaceOf(color)];

    private int AddCell(int cell)
    {
        if (_end == _places.Length)
        {
            Array.Resize(ref _places, _places.Length * 2);
        }

        int start = _startOfCell[cell] = _end;
        _end += CellSize;
        return start;
    }

    private static int CellOf(uint color) => (int)(((color & 0xFC) << 10) | ((color >> 4) & 0xFC0) | ((color >> 18) & 0x3F));

    private static int PlaceOf(uint color) => (int)(((color & 3) << 4) | ((color >> 6) & 0xC) | ((color >> 16) & 3));

    private static Rgba ColorAt(int cell, int place) => new(
        (byte)(((cell >> 10) & 0xFC) | (place >> 4)),
        (byte)(((cell >> 4) & 0xFC) | ((place >> 2) & 3)),
        (byte)(((cell << 2) & 0xFC) | (place & 3)));
}
