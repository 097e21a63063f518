using System.Runtime.InteropServices;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// The differences of pairs of colours, of which the last ones are remembered: neighbouring pixels are alike, so that
/// most pairs have been met before.
/// </summary>
internal sealed class DifferenceCache
{
    private const int Bits = 15;
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;
    private readonly ulong[] _pairs = new ulong[1 << Bits];
    private readonly double[] _differences = new double[1 << Bits];

    /// <summary>Writes the difference of each pair of pixels.</summary>
    /// <returns>Their sum, in the order of the pixels.</returns>
    internal double Compare(ReadOnlySpan<Rgba> first, ReadOnlySpan<Rgba> second, Span<float> differences)
    {
        var left = MemoryMarshal.Cast<Rgba, uint>(first);
        var right = MemoryMarshal.Cast<Rgba, uint>(second);
        double sum = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            double difference = 0;
            if (left[i] != right[i])
            {
                // A slot that was never used holds the pair of zeros, whose difference is indeed 0.
                ulong pair = ((ulong)left[i] << 32) | right[i];
                int slot = (int)((pair * Spread) >> (64 - Bits));
                if (_pairs[slot] != pair)
                {
                    _pairs[slot] = pair;
                    _differences[slot] = Difference(first[i], second[i]);
                }

                difference = _differences[slot];
            }

            differences[i] = (float)difference;
            sum += difference;
        }

        return sum;
    }

    private static double Difference(Rgba first, Rgba second)
    {
        if (first.A == 255 && second.A == 255)
        {
            return Ciede2000.Difference(Lab.Of(first), Lab.Of(second));
        }

        double sum = 0;
        var grounds = Ground.For(opaque: false);
        foreach (int ground in grounds)
        {
            sum += Ciede2000.Difference(Seen(first, ground), Seen(second, ground));
        }

        return sum / grounds.Length;
    }

    private static Lab Seen(Rgba color, int ground) => Lab.Of(
        Ground.Seen(color.R, color.A, ground), Ground.Seen(color.G, color.A, ground), Ground.Seen(color.B, color.A, ground));
}
