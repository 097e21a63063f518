using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>Some of a palette's entries, as columns of coordinates in units of a quarter level, 0 to 1020, and numbers up to 255.</summary>
internal sealed class NearEntries
{
    private static readonly Vector256<int> Lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    private readonly int _count;

    /// <summary>Takes columns of equal length.</summary>
    internal NearEntries(int[] reds, int[] greens, int[] blues, int[] numbers)
    {
        _count = numbers.Length;
        Reds = Filled(reds);
        Greens = Filled(greens);
        Blues = Filled(blues);
        Numbers = numbers;
    }

    internal int[] Reds { get; }

    internal int[] Greens { get; }

    internal int[] Blues { get; }

    internal int[] Numbers { get; }

    /// <summary>Those of them that can be nearest to a point of a cube.</summary>
    internal NearEntries Within(int red, int green, int blue, int half)
    {
        Span<byte> near = stackalloc byte[Palette.MaxCount];
        byte[] places = near[..Near(red, green, blue, half, near)].ToArray();
        return new NearEntries(
            Array.ConvertAll(places, at => Reds[at]), Array.ConvertAll(places, at => Greens[at]), Array.ConvertAll(places, at => Blues[at]), Array.ConvertAll(places, at => Numbers[at]));
    }

    /// <summary>
    /// Writes the places of those that can be nearest to a point of a cube: all that are not farther than the one nearest
    /// to its middle from every corner. The difference of two squared distances is linear in the point.
    /// </summary>
    /// <param name="red">The middle of the cube.</param>
    /// <param name="green">Its green.</param>
    /// <param name="blue">Its blue.</param>
    /// <param name="half">Half of its edge.</param>
    /// <param name="near">Room for all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Near(int red, int green, int blue, int half, Span<byte> near)
    {
        var least = Vector256.Create(int.MaxValue);
        for (int i = 0; i < Reds.Length; i += Vector256<int>.Count)
        {
            least = Vector256.Min(least, (Squares(i, red, green, blue) << 8) | (Lanes + Vector256.Create(i)));
        }

        int nearest = Least(least);
        int at = nearest & 0xFF;
        var square = Vector256.Create(nearest >> 8);
        var edge = Vector256.Create(2 * half);
        int count = 0;
        for (int i = 0; i < Reds.Length; i += Vector256<int>.Count)
        {
            var ways = Ways(Reds, i, Reds[at]) + Ways(Greens, i, Greens[at]) + Ways(Blues, i, Blues[at]);
            uint found = Vector256.LessThanOrEqual(Squares(i, red, green, blue) - square, ways * edge).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(found);
                if (place < _count)
                {
                    near[count++] = (byte)place;
                }
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Squares(int i, int red, int green, int blue)
    {
        var dr = Vector256.Create(Reds, i) - Vector256.Create(red);
        var dg = Vector256.Create(Greens, i) - Vector256.Create(green);
        var db = Vector256.Create(Blues, i) - Vector256.Create(blue);
        return (dr * dr) + (dg * dg) + (db * db);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Ways(int[] values, int i, int from) => Vector256.Abs(Vector256.Create(values, i) - Vector256.Create(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Least(Vector256<int> values)
    {
        var four = Vector128.Min(values.GetLower(), values.GetUpper());
        four = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    // Whole vectors: the last entry again, whose own place is lower.
    private static int[] Filled(int[] values)
    {
        int[] filled = new int[(values.Length + Vector256<int>.Count - 1) / Vector256<int>.Count * Vector256<int>.Count];
        values.CopyTo(filled, 0);
        filled.AsSpan(values.Length).Fill(values[^1]);
        return filled;
    }
}
