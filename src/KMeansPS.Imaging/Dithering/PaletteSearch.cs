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
    private readonly EntryPanel[] _panels;

    /// <param name="entries">All entries, each of which is searched.</param>
    internal PaletteSearch(ReadOnlySpan<Vector128<float>> entries)
        : this(entries, [.. Enumerable.Range(0, entries.Length)])
    {
    }

    /// <param name="entries">All entries.</param>
    /// <param name="numbers">Those to search, ascending.</param>
    internal PaletteSearch(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers) => _panels = EntryPanel.Of(entries, numbers);

    /// <summary>Whether there is something to search, which the default value has not.</summary>
    internal bool HasEntries => _panels is not null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Nearest(Vector128<float> point)
    {
        var from = Steps.Of(point);
        var least = Vector256.Create(float.PositiveInfinity);
        var entries = Vector256<int>.Zero;
        for (int i = 0; i < _panels.Length; i++)
        {
            ref readonly var panel = ref _panels[i];
            var steps = panel.StepsFrom(from);
            var square = steps.Dot(steps);
            var nearer = Vector256.LessThan(square, least);
            least = Vector256.ConditionalSelect(nearer, square, least);
            entries = Vector256.ConditionalSelect(nearer.AsInt32(), panel.Numbers, entries);
        }

        return LowestOfLeast(least, entries);
    }

    /// <summary>Of the lanes that have the least value, the lowest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LowestOfLeast(Vector256<float> values, Vector256<int> numbers)
    {
        var four = Vector128.Min(values.GetLower(), values.GetUpper());
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2)));
        var isLeast = Vector256.Equals(values, Vector256.Create(four, four)).AsInt32();
        numbers = Vector256.ConditionalSelect(isLeast, numbers, Vector256.Create(int.MaxValue));
        var lowest = Vector128.Min(numbers.GetLower(), numbers.GetUpper());
        lowest = Vector128.Min(lowest, Vector128.Shuffle(lowest, Vector128.Create(2, 3, 0, 1)));
        lowest = Vector128.Min(lowest, Vector128.Shuffle(lowest, Vector128.Create(1, 0, 3, 2)));
        return lowest.ToScalar();
    }
}
