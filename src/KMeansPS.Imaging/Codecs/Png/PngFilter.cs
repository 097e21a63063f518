using System.Numerics;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Filters rows before compression (W3C PNG, third edition 2025, 9.2), whole vectors a step.</summary>
internal static class PngFilter
{
    /// <summary>Filters a row.</summary>
    /// <param name="filter">The filter type.</param>
    /// <param name="row">The samples.</param>
    /// <param name="above">The samples of the row above; zeros above the first row.</param>
    /// <param name="distance">Bytes to the pixel on the left.</param>
    /// <param name="filtered">As many bytes as the row has.</param>
    internal static void Apply(PngFilterType filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int distance, Span<byte> filtered)
    {
        // The first pixel has none on its left.
        int i = Math.Min(distance, row.Length);
        ApplyScalar(filter, row[..i], above, distance, filtered, 0);
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var left = new Vector<byte>(row[(i - distance)..]);
            var up = new Vector<byte>(above[i..]);
            var predicted = filter switch
            {
                PngFilterType.Sub => left,
                PngFilterType.Up => up,
                PngFilterType.Average => (left & up) + Vector.ShiftRightLogical(left ^ up, 1),
                PngFilterType.Paeth => Paeth(left, up, new Vector<byte>(above[(i - distance)..])),
                _ => Vector<byte>.Zero,
            };
            (new Vector<byte>(row[i..]) - predicted).CopyTo(filtered[i..]);
        }

        ApplyScalar(filter, row, above, distance, filtered, i);
    }

    /// <summary>The plain form: one byte a step, as the standard says it.</summary>
    internal static void ApplyScalar(PngFilterType filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int distance, Span<byte> filtered, int start)
    {
        for (int i = start; i < row.Length; i++)
        {
            int left = i >= distance ? row[i - distance] : 0;
            int upperLeft = i >= distance ? above[i - distance] : 0;
            filtered[i] = (byte)(row[i] - filter switch
            {
                PngFilterType.Sub => left,
                PngFilterType.Up => above[i],
                PngFilterType.Average => (left + above[i]) >> 1,
                PngFilterType.Paeth => PngUnfilter.Paeth(left, above[i], upperLeft),
                _ => 0,
            });
        }
    }

    /// <summary>The sum of the bytes' absolute values, each taken as -128 to 127: small where deflate will do well.</summary>
    internal static long SumOfAbsolutes(ReadOnlySpan<byte> filtered)
    {
        long sum = 0;
        int i = 0;
        while (i <= filtered.Length - Vector<byte>.Count)
        {
            // A lane of 16 bits takes two values of at most 128 a round: 255 rounds before it could overflow.
            var lanes = Vector<ushort>.Zero;
            for (int round = 0; round < 255 && i <= filtered.Length - Vector<byte>.Count; round++, i += Vector<byte>.Count)
            {
                var value = new Vector<byte>(filtered[i..]);
                Vector.Widen(Vector.Min(value, -value), out var low, out var high);
                lanes += low + high;
            }

            Vector.Widen(lanes, out var first, out var second);
            sum += Vector.Sum(first) + (long)Vector.Sum(second);
        }

        for (; i < filtered.Length; i++)
        {
            sum += Math.Abs((int)(sbyte)filtered[i]);
        }

        return sum;
    }

    private static Vector<byte> Paeth(Vector<byte> left, Vector<byte> up, Vector<byte> upperLeft)
    {
        Vector.Widen(left, out var leftLow, out var leftHigh);
        Vector.Widen(up, out var upLow, out var upHigh);
        Vector.Widen(upperLeft, out var cornerLow, out var cornerHigh);
        return Vector.Narrow(Paeth(leftLow, upLow, cornerLow), Paeth(leftHigh, upHigh, cornerHigh));
    }

    private static Vector<ushort> Paeth(Vector<ushort> left, Vector<ushort> up, Vector<ushort> upperLeft)
    {
        var fromLeft = Vector.AsVectorInt16(up - upperLeft);
        var fromUp = Vector.AsVectorInt16(left - upperLeft);
        var distanceLeft = Vector.Abs(fromLeft);
        var distanceUp = Vector.Abs(fromUp);
        var distanceUpperLeft = Vector.Abs(fromLeft + fromUp);
        var nearest = Vector.Min(Vector.Min(distanceLeft, distanceUp), distanceUpperLeft);
        var second = Vector.ConditionalSelect(Vector.AsVectorUInt16(Vector.Equals(distanceUp, nearest)), up, upperLeft);
        return Vector.ConditionalSelect(Vector.AsVectorUInt16(Vector.Equals(distanceLeft, nearest)), left, second);
    }
}
