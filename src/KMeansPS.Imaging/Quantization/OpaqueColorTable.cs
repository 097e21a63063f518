using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// A number for each opaque colour that occurs: first how often, then which one it is. Two levels: the upper four bits
/// of red, green and blue choose a page, the lower four bits a place in it.
/// </summary>
internal sealed class OpaqueColorTable
{
    private const int PageCount = 4096;
    private const int PageSize = 4096;

    private readonly int[]?[] _pages = new int[PageCount][];

    /// <summary>How many distinct colours occur.</summary>
    internal int Count { get; private set; }

    internal void Add(uint color, int times)
    {
        var page = _pages[PageOf(color)] ??= new int[PageSize];
        ref int count = ref page[PlaceOf(color)];
        if (count == 0)
        {
            Count++;
        }

        count += times;
    }

    /// <summary>Lists the colours and their counts page by page, and from then on knows the number of each in the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void NumberColors(Span<Rgba> colors, Span<int> counts)
    {
        int number = 0;
        for (int p = 0; p < PageCount; p++)
        {
            if (_pages[p] is not { } page)
            {
                continue;
            }

            for (int i = 0; i < PageSize; i++)
            {
                if (page[i] > 0)
                {
                    colors[number] = ColorAt(p, i);
                    counts[number] = page[i];
                    page[i] = number++;
                }
            }
        }
    }

    /// <summary>The number of a colour that occurs.</summary>
    internal int NumberOf(uint color) => _pages[PageOf(color)]![PlaceOf(color)];

    private static int PageOf(uint color) => (int)(((color << 4) & 0xF00) | ((color >> 8) & 0xF0) | ((color >> 20) & 0xF));

    private static int PlaceOf(uint color) => (int)(((color << 8) & 0xF00) | ((color >> 4) & 0xF0) | ((color >> 16) & 0xF));

    private static Rgba ColorAt(int page, int place) => new(
        (byte)(((page >> 4) & 0xF0) | (place >> 8)),
        (byte)((page & 0xF0) | ((place >> 4) & 0xF)),
        (byte)(((page << 4) & 0xF0) | (place & 0xF)));
}
