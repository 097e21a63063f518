namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Holds every scan of a progressive frame against the order that T.81, G.1.1.1 prescribes. That bounds the number of
/// scans too, so that a small file cannot ask for endless work.
/// </summary>
internal sealed class Progression(FrameHeader frame)
{
    private const int MaxApproximation = 13;
    private const int NotYet = -1;

    private readonly int[][] _approximations = [.. frame.Components.Select(_ => Enumerable.Repeat(NotYet, ZigZag.BlockSize).ToArray())];

    /// <summary>Whether all coefficients of all components have come, to their last bit.</summary>
    internal bool IsComplete => _approximations.All(component => component.All(low => low == 0));

    /// <summary>Whether every component has been coded in part at least.</summary>
    internal bool HasEveryComponent => _approximations.All(component => component[0] != NotYet);

    internal void Admit(ScanHeader scan)
    {
        int start = scan.SpectralStart;
        int end = scan.SpectralEnd;
        int high = scan.ApproximationHigh;
        int low = scan.ApproximationLow;
        bool isDc = start == 0;
        if (end >= ZigZag.BlockSize || start > end || (isDc && end != 0) || (!isDc && scan.Components.Length != 1))
        {
            throw JpegFault.Broken(scan.Offset, $"a progressive scan claims coefficients {start} to {end} of {scan.Components.Length} components");
        }

        if (low > MaxApproximation || (high != 0 && high != low + 1))
        {
            throw JpegFault.Broken(scan.Offset, $"a progressive scan claims to refine bit {high} to bit {low}");
        }

        foreach (var component in scan.Components)
        {
            int[] approximations = _approximations[component.Component.Index];
            if (!isDc && approximations[0] == NotYet)
            {
                throw JpegFault.Broken(scan.Offset, "a progressive scan of AC coefficients comes before the DC coefficients");
            }

            for (int k = start; k <= end; k++)
            {
                if (approximations[k] != (high == 0 ? NotYet : high))
                {
                    throw JpegFault.Broken(scan.Offset, $"a progressive scan codes coefficient {k} out of order");
                }

                approximations[k] = low;
            }
        }
    }
}
