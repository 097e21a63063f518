using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// The entry of a palette that is nearest to any point, of equally near ones the lowest. Lanes are entries and each
/// squared distance is one sum in ascending order of the dimensions, so that the vector width decides nothing. About
/// 15 vector instructions for each eight entries and 20 more.
/// </summary>
internal readonly struct PaletteSearch
{
    private readonly Panel[] _panels;

    /// <param name="entries">All entries, each of which is searched.</param>
    internal PaletteSearch(ReadOnlySpan<Vector128<float>> entries)
        : this(entries, [.. Enumerable.Range(0, entries.Length)])
    {
    }

    /// <param name="entries">All entries.</param>
    /// <param name="numbers">Those to search, ascending.</param>
    internal PaletteSearch(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers)
    {
        int lanes = Vector256<float>.Count;
        _panels = new Panel[(numbers.Length + lanes - 1) / lanes];
        Span<int> ofPanel = stackalloc int[lanes];
        for (int i = 0; i < _panels.Length; i++)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                ofPanel[lane] = numbers[Math.Min((i * lanes) + lane, numbers.Length - 1)]; // the last one fills the last panel up
            }

            _panels[i] = new Panel(entries, ofPanel);
        }
    }

    /// <summary>Whether there is something to search, which the default value has not.</summary>
    internal bool HasEntries => _panels is not null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Nearest(Vector128<float> point)
    {
        var x = Vector256.Create(point.GetElement(0));
        var y = Vector256.Create(point.GetElement(1));
        var z = Vector256.Create(point.GetElement(2));
        var w = Vector256.Create(point.GetElement(3));
        var least = Vector256.Create(float.PositiveInfinity);
        var entries = Vector256<int>.Zero;
        for (int i = 0; i < _panels.Length; i++)
        {
            ref readonly var panel = ref _panels[i];
            var square = panel.SquaredDistance(x, y, z, w);
            var nearer = Vector256.LessThan(square, least);
            least = Vector256.ConditionalSelect(nearer, square, least);
            entries = Vector256.ConditionalSelect(nearer.AsInt32(), panel.Numbers, entries);
        }

        var four = Vector128.Min(least.GetLower(), least.GetUpper());
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2)));
        var isLeast = Vector256.Equals(least, Vector256.Create(four, four)).AsInt32();
        entries = Vector256.ConditionalSelect(isLeast, entries, Vector256.Create(int.MaxValue));
        var lowest = Vector128.Min(entries.GetLower(), entries.GetUpper());
        lowest = Vector128.Min(lowest, Vector128.Shuffle(lowest, Vector128.Create(2, 3, 0, 1)));
        lowest = Vector128.Min(lowest, Vector128.Shuffle(lowest, Vector128.Create(1, 0, 3, 2)));
        return lowest.ToScalar();
    }

    private readonly struct Panel
    {
        private readonly Vector256<float> _x;
        private readonly Vector256<float> _y;
        private readonly Vector256<float> _z;
        private readonly Vector256<float> _w;

        internal Panel(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers)
        {
            Numbers = Vector256.Create(numbers);
            (_x, _y, _z, _w) = (Column(entries, numbers, 0), Column(entries, numbers, 1), Column(entries, numbers, 2), Column(entries, numbers, 3));
        }

        internal Vector256<int> Numbers { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<float> SquaredDistance(Vector256<float> x, Vector256<float> y, Vector256<float> z, Vector256<float> w)
        {
            var dx = x - _x;
            var dy = y - _y;
            var dz = z - _z;
            var dw = w - _w;
            return (dx * dx) + (dy * dy) + (dz * dz) + (dw * dw);
        }

        private static Vector256<float> Column(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers, int dimension)
        {
            Span<float> values = stackalloc float[Vector256<float>.Count];
            for (int lane = 0; lane < values.Length; lane++)
            {
                values[lane] = entries[numbers[lane]].GetElement(dimension);
            }

            return Vector256.Create<float>(values);
        }
    }
}
