using System.Numerics;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Binary logarithms in integers, so that what is decided by them is the same on every processor. A number above 4095
/// is cut to its 12 highest bits, which loses less than a thousandth of a bit.
/// </summary>
internal static class FixedLog2
{
    /// <summary>How many units make one bit.</summary>
    internal const int One = 1 << FractionBits;

    private const int FractionBits = 10;
    private const int TableBits = 12;
    private static readonly ushort[] Table = MakeTable();

    /// <summary>The logarithm of a positive number, in units of 1 / <see cref="One"/>.</summary>
    internal static int Of(int number)
    {
        int shift = Math.Max(0, BitOperations.Log2((uint)number) + 1 - TableBits);
        return Table[number >> shift] + (shift << FractionBits);
    }

    /// <summary>The bits that an optimal code spends on symbols of these counts (Shannon 1948), in units of 1 / <see cref="One"/>.</summary>
    internal static long Entropy(ReadOnlySpan<int> counts)
    {
        int total = 0;
        long sum = 0;
        foreach (int count in counts)
        {
            if (count > 0)
            {
                total += count;
                sum += (long)count * Of(count);
            }
        }

        return total == 0 ? 0 : ((long)total * Of(total)) - sum;
    }

    // One bit of the fraction after the other: squaring a number doubles its logarithm.
    private static ushort[] MakeTable()
    {
        var table = new ushort[1 << TableBits];
        for (int n = 1; n < table.Length; n++)
        {
            int whole = BitOperations.Log2((uint)n);
            ulong mantissa = (ulong)n << (31 - whole);
            int fraction = 0;
            for (int bit = 0; bit < FractionBits; bit++)
            {
                mantissa = (mantissa * mantissa) >> 31;
                fraction <<= 1;
                if (mantissa >= 1UL << 32)
                {
                    fraction |= 1;
                    mantissa >>= 1;
                }
            }

            table[n] = (ushort)((whole << FractionBits) | fraction);
        }

        return table;
    }
}
