using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>How hard deflate tries.</summary>
/// <param name="Depth">The most earlier occurrences that are compared with each position; 0 for no compression at all.</param>
/// <param name="NiceLength">A copy of this length is taken without looking further.</param>
/// <param name="HashLength">Copies must share their first 3 or 4 bytes to be found.</param>
/// <param name="LeastGain">The percentage that copies must save in a sample of a segment to be looked for at all.</param>
/// <param name="Rounds">How often the choice of tokens is done over with what the last one taught.</param>
/// <param name="Granularity">Blocks begin at multiples of this many tokens.</param>
internal readonly record struct DeflateEffort(int Depth, int NiceLength, int HashLength, int LeastGain, int Rounds, int Granularity)
{
    // Less than this can be searched for copies everywhere.
    private const int MuchData = 1 << 20;

    /// <summary>The effort of a level.</summary>
    internal static DeflateEffort Of(CompressionLevel level) => level switch
    {
        CompressionLevel.NoCompression => default,
        CompressionLevel.Fastest => new(4, 32, 4, 5, 0, 4096),
        CompressionLevel.SmallestSize => new(512, DeflateSymbols.MaxLength, 3, 0, 15, 512),
        _ => new(10, 128, 4, 2, 1, 2048),
    };

    /// <summary>The effort for so many bytes.</summary>
    internal DeflateEffort ForLength(long length) => length < MuchData ? this with { LeastGain = 0 } : this;
}
