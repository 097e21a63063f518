namespace KMeansPS.Imaging.Quantization;

/// <summary>How much is done to find a good palette.</summary>
public enum QuantizerEffort
{
    /// <summary>The cells of a coarse histogram merged to K, and a few rounds on a finer one and over all colours: a palette within a few percent of the best error.</summary>
    Fast,

    /// <summary>A search that is led out of local optima, among finer cells too where there are few colours: about the best error of ten runs of greedy k-means++.</summary>
    Balanced,

    /// <summary>More searches on a finer histogram, and all colours led out of local optima: mostly below that, in two to three times the time.</summary>
    Best,
}
