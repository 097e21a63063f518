using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>How hard deflate tries.</summary>
/// <param name="Lengths">The lengths of copies for each of which the newest earlier occurrence is compared; null to search a tree.</param>
/// <param name="Depth">The most earlier occurrences that are compared in the tree, or for each length; 0 for no compression at all.</param>
/// <param name="DepthForLongCopies">The same where copies turn out to be long: all are then compared anew, in a tree; 0 for no such look.</param>
/// <param name="NiceLength">A copy of this length is taken without looking further.</param>
/// <param name="LeastGain">The percentage that copies must save in a sample of a segment to be looked for at all.</param>
/// <param name="Rounds">How often the choice of tokens is done over with what the last one taught.</param>
/// <param name="LeastSaving">The thousandths of a block that doing it over must have saved to be done once more.</param>
/// <param name="Granularity">Blocks begin at multiples of this many tokens.</param>
internal readonly record struct DeflateEffort(byte[]? Lengths, int Depth, int DepthForLongCopies, int NiceLength, int LeastGain, int Rounds, int LeastSaving, int Granularity)
{
    // Less than this can be searched for copies everywhere, and for short ones too.
    private const int MuchData = 1 << 20;

    private static readonly byte[] FewLengths = [4, 6, 8, 16];
    private static readonly byte[] ManyLengths = [3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40, 80];

    /// <summary>The effort of a level for so many bytes.</summary>
    internal static DeflateEffort Of(CompressionLevel level, long length) => (level, length < MuchData) switch
    {
        (CompressionLevel.NoCompression, _) => default,
        (CompressionLevel.Fastest, var isLittle) => new(FewLengths, 1, 0, 32, isLittle ? 0 : 5, 0, 0, 4096),
        (CompressionLevel.SmallestSize, _) => new(null, 512, 0, DeflateSymbols.MaxLength, 0, 15, 0, 512),
        (_, true) => new(ManyLengths, 1, 64, 128, 0, 2, 10, 1024),
        _ => new(ManyLengths, 1, 0, 128, 2, 1, 0, 2048),
    };
}
