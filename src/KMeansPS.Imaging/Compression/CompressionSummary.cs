using System.Globalization;

namespace KMeansPS.Imaging.Compression;

/// <summary>What is said at the end of a run of the pictures that were left alone because a smaller file was not to be had.</summary>
public sealed class CompressionSummary
{
    private int _count;
    private int _larger;

    /// <summary>Takes note of a result.</summary>
    /// <param name="result">The result.</param>
    public void Add(CompressionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _count++;
        _larger += result.Status == CompressionStatus.LargerThanSource ? 1 : 0;
    }

    /// <summary>The sentence for a person; null where there is nothing to say.</summary>
    /// <param name="allowLarger">The name of the option that allows larger results.</param>
    public string? InWords(string allowLarger)
    {
        if (_larger == 0)
        {
            return null;
        }

        string which = _count == 1 ? "The picture" : string.Create(CultureInfo.InvariantCulture, $"{_larger} of {_count} pictures");
        var (they, their, them) = _larger == 1 ? ("is", "its source", "it") : ("are", "their sources", "them");
        return $"{which} stayed as {(_larger == 1 ? "it" : "they")} {they}: a PNG of this many colours would be larger than {their}, as is common for JPEG. Nothing is lost, and nothing was written for {them}. Fewer colours make smaller files, and {allowLarger} writes {them} all the same.";
    }
}
