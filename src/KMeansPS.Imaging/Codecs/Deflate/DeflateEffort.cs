using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>How hard deflate tries.</summary>
/// <param name="Lengths">The lengths of copies for each of which the newest earlier occurrence is compared; null to search a tree.</param>
/// <param name="Depth">The most earlier occurrences that are compared in the tree, or for each length; 0 for no compression at all.</param>
/// <param name="NiceLength">A copy of this length is taken without looking further.</param>
/// <param name="LeastGain">The percentage that copies must save in a sample of a segment to be looked for at all.</param>
/// <param name="Rounds">How often the choice of tokens is done over with what the last one taught.</param>
/// <param name="LeastSaving">The thousandths of a block that doing it over must have saved to be done once more.</param>
/// <param name="Granularity">Blocks begin at multiples of this many tokens.</param>
internal sealed record DeflateEffort(byte[]? Lengths, int Depth, int NiceLength, int LeastGain, int Rounds, int LeastSaving, int Granularity)
{
    // Less than this can be searched for copies everywhere, and for short ones too.
    private const int MuchData = 1 << 20;

    private static readonly byte[] FewLengths = [4, 6, 8, 16];
    private static readonly byte[] ManyLengths = [3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40, 80];

    // Each half or a third as long again as the one before.
    private static readonly byte[] LongLengths = [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192];

    /// <summary>What takes its place in segments whose copies turn out to be long; null where nothing does.</summary>
    internal DeflateEffort? ForLongCopies { get; init; }

    /// <summary>Whether both are tried in such segments and the smaller result is taken.</summary>
    internal bool TriesBoth { get; init; }

    /// <summary>The effort for small samples.</summary>
    internal static DeflateEffort ForSamples { get; } = Of(CompressionLevel.Fastest, 0);

    /// <summary>The effort for small samples of what is full of long copies.</summary>
    internal static DeflateEffort ForSamplesOfLongCopies { get; } = new(LongLengths, 1, 128, 0, 1, 0, 4096);

    /// <summary>The effort of a level for so many bytes.</summary>
    internal static DeflateEffort Of(CompressionLevel level, long length) => (level, length < MuchData) switch
    {
        (CompressionLevel.NoCompression, _) => new(null, 0, 0, 0, 0, 0, 1),
        (CompressionLevel.Fastest, var isLittle) => new(FewLengths, 1, 32, isLittle ? 0 : 5, 0, 0, 4096),
        (CompressionLevel.SmallestSize, _) => new(null, 512, DeflateSymbols.MaxLength, 0, 15, 0, 512) { ForLongCopies = Of(CompressionLevel.Optimal, length).ForLongCopies, TriesBoth = true },
        (_, true) => new(ManyLengths, 1, 128, 0, 2, 10, 1024) { ForLongCopies = new(null, 256, DeflateSymbols.MaxLength, 0, 3, 2, 512) },
        _ => new(ManyLengths, 1, 128, 2, 1, 0, 2048) { ForLongCopies = new(LongLengths, 1, DeflateSymbols.MaxLength, 0, 2, 10, 1024) },
    };
}
