namespace KMeansPS.Imaging.Metrics;

/// <summary>Percentiles of many numbers without sorting them: two rounds of counting, by the upper and by the lower half of their bits.</summary>
internal static class Percentile
{
    private const int HalfBits = 16;
    private const int ValuesInBlock = 1 << 20;

    /// <summary>The number below which a share of the others lies, interpolated between its neighbours.</summary>
    /// <param name="values">At least one number, none negative and none NaN; they stay as they are.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="cancellationToken">Looked at for every million of values.</param>
    internal static double Of(float[] values, double share, CancellationToken cancellationToken)
    {
        double place = share * (values.Length - 1);
        int rank = (int)place;
        double lower = ValueAt(values, rank, cancellationToken);
        if (place == rank)
        {
            return lower;
        }

        double upper = ValueAt(values, rank + 1, cancellationToken);
        return lower + ((upper - lower) * (place - rank));
    }

    // The bits of numbers that are not negative rise with the numbers.
    private static float ValueAt(float[] values, int rank, CancellationToken cancellationToken)
    {
        var counts = new int[1 << HalfBits];
        ForBlocks(values, block =>
        {
            foreach (float value in block)
            {
                counts[BitConverter.SingleToUInt32Bits(value) >> HalfBits]++;
            }
        }, cancellationToken);
        uint upper = Find(counts, ref rank);
        Array.Clear(counts);
        ForBlocks(values, block =>
        {
            foreach (float value in block)
            {
                uint bits = BitConverter.SingleToUInt32Bits(value);
                if (bits >> HalfBits == upper)
                {
                    counts[(ushort)bits]++;
                }
            }
        }, cancellationToken);
        return BitConverter.UInt32BitsToSingle((upper << HalfBits) | Find(counts, ref rank));
    }

    private static uint Find(int[] counts, ref int rank)
    {
        int i = 0;
        for (; rank >= counts[i]; i++)
        {
            rank -= counts[i];
        }

        return (uint)i;
    }

    private static void ForBlocks(float[] values, SpanAction action, CancellationToken cancellationToken)
    {
        for (int start = 0; start < values.Length; start += ValuesInBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            action(values.AsSpan(start, Math.Min(ValuesInBlock, values.Length - start)));
            if (start > values.Length - ValuesInBlock)
            {
                return;
            }
        }
    }

    private delegate void SpanAction(ReadOnlySpan<float> block);
}
