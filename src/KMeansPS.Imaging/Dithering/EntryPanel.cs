using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>Eight entries of a palette, a lane for each: their numbers and the columns of their coordinates.</summary>
internal readonly struct EntryPanel
{
    private readonly Vector256<float> _x;
    private readonly Vector256<float> _y;
    private readonly Vector256<float> _z;
    private readonly Vector256<float> _w;

    private EntryPanel(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers)
    {
        Numbers = Vector256.Create(numbers);
        (_x, _y, _z, _w) = (Column(entries, numbers, 0), Column(entries, numbers, 1), Column(entries, numbers, 2), Column(entries, numbers, 3));
    }

    internal Vector256<int> Numbers { get; }

    /// <summary>The panels of some entries; the last entry fills the last panel up.</summary>
    /// <param name="entries">All entries.</param>
    /// <param name="numbers">Those to put into panels, ascending.</param>
    internal static EntryPanel[] Of(ReadOnlySpan<Vector128<float>> entries, ReadOnlySpan<int> numbers)
    {
        int lanes = Vector256<float>.Count;
        var panels = new EntryPanel[(numbers.Length + lanes - 1) / lanes];
        Span<int> ofPanel = stackalloc int[lanes];
        for (int i = 0; i < panels.Length; i++)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                ofPanel[lane] = numbers[Math.Min((i * lanes) + lane, numbers.Length - 1)];
            }

            panels[i] = new EntryPanel(entries, ofPanel);
        }

        return panels;
    }

    /// <summary>The way from a point to each entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Steps StepsFrom(in Steps point) => new(_x - point.X, _y - point.Y, _z - point.Z, _w - point.W);

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
