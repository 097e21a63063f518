using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// The same entry as <see cref="PaletteSearch"/> finds, by looking at few of them: space is cut into cells, and a cell
/// knows, from the first time it is asked for, which entries can be nearest to a point in it. Points of four dimensions,
/// and those outside the box of the colours, are held against all entries; so is every point where there are few.
/// </summary>
internal sealed class CellSearch
{
    private const int FewEntries = 64;
    private const float Edge = 8;

    // Wider than what rounding can do to a point's cell, and to a squared distance in relation to it.
    private const float Slack = 1e-2f;
    private const float SquareSlack = 1.001f;

    private readonly Vector128<float>[] _entries;
    private readonly PaletteSearch _all;
    private readonly Vector128<float> _origin;
    private readonly Vector128<float> _sizes;
    private readonly int _sizeOfY;
    private readonly int _sizeOfZ;
    private readonly PaletteSearch[] _cells;

    internal CellSearch(Vector128<float>[] entries, ReadOnlySpan<Vector128<float>> colors)
    {
        _entries = entries;
        _all = new PaletteSearch(entries);
        var least = colors[0];
        var most = colors[0];
        foreach (var color in colors)
        {
            least = Vector128.Min(least, color);
            most = Vector128.Max(most, color);
        }

        bool isWorthIt = entries.Length > FewEntries && least.GetElement(3) == most.GetElement(3) && Array.TrueForAll(entries, entry => entry.GetElement(3) == least.GetElement(3));
        _origin = least;
        _sizes = Vector128.Floor((most - least) / Edge) + Vector128<float>.One;
        (_sizeOfY, _sizeOfZ) = ((int)_sizes.GetElement(1), (int)_sizes.GetElement(2));
        _cells = new PaletteSearch[isWorthIt ? (int)_sizes.GetElement(0) * _sizeOfY * _sizeOfZ : 0];
    }

    /// <summary>The entry that is nearest to a point, of equally near ones the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Nearest(Vector128<float> point)
    {
        var search = _all;
        if (_cells.Length > 0)
        {
            var place = (point - _origin) * (1 / Edge);
            if (Vector128.GreaterThanOrEqualAll(place, Vector128<float>.Zero) && Vector128.LessThanAll(place, _sizes))
            {
                var numbers = Vector128.ConvertToInt32(place);
                ref var cell = ref _cells[(((numbers.GetElement(0) * _sizeOfY) + numbers.GetElement(1)) * _sizeOfZ) + numbers.GetElement(2)];
                if (!cell.HasEntries)
                {
                    cell = Near(Vector128.ConvertToSingle(numbers));
                }

                search = cell;
            }
        }

        return search.Nearest(point);
    }

    // Whoever is nearest to a point of the cell is no farther from it than some entry is from all of the cell.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private PaletteSearch Near(Vector128<float> number)
    {
        var least = _origin + (number * Edge) - Vector128.Create(Slack);
        var most = least + Vector128.Create(Edge + (2 * Slack));
        float bound = float.PositiveInfinity;
        foreach (var entry in _entries)
        {
            bound = Math.Min(bound, Square(Vector128.Max(most - entry, entry - least)));
        }

        Span<int> near = stackalloc int[_entries.Length];
        int count = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            var off = Vector128.Max(Vector128.Max(least - _entries[i], _entries[i] - most), Vector128<float>.Zero);
            if (Square(off) <= bound * SquareSlack)
            {
                near[count++] = i;
            }
        }

        return new PaletteSearch(_entries, near[..count]);
    }

    private static float Square(Vector128<float> way) => Vector128.Dot(way, way);
}
