namespace KMeansPS.Imaging.Quantization;

/// <summary>How much is done to find a good palette.</summary>
public enum QuantizerEffort
{
    /// <summary>One search on a coarse histogram, and a few rounds on a finer one and over all colours: a palette within a few percent of the best error.</summary>
    Fast,

    /// <summary>Several searches where there are few colours, each led out of local optima: about the best error of ten runs of greedy k-means++.</summary>
    Balanced,

    /// <summary>More searches on a finer histogram, and all colours led out of local optima: mostly below that, in about three times the time.</summary>
    Best,
}
