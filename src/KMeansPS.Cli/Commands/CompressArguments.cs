using System.IO.Compression;
using KMeansPS.Imaging.Compression;

namespace KMeansPS.Cli.Commands;

/// <summary>What one run of <c>compress</c> is asked for.</summary>
/// <param name="Files">The files, as the user wrote them.</param>
/// <param name="Options">How each is compressed.</param>
internal sealed record CompressArguments(string[] Files, CompressionOptions Options)
{
    /// <summary>Where the results go; null for beside their sources.</summary>
    public string? Place { get; init; }

    /// <summary>The folder below which the sources lie; null for the deepest that all have in common.</summary>
    public string? RelativeTo { get; init; }

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether all pictures have one palette.</summary>
    public bool SharedPalette { get; init; }

    /// <summary>How much time is spent on fewer bytes.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Optimal;

    /// <summary>How many threads, and pictures at a time; 0 for one on each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Whether to print JSON instead of a table.</summary>
    public bool Json { get; init; }
}
