using KMeansPS.Imaging.Compression;

namespace KMeansPS.Cli.Json;

/// <summary>One picture; the members are those of <see cref="CompressionResult"/>.</summary>
internal sealed record CompressedFile
{
    public required string Source { get; init; }

    public required string Destination { get; init; }

    public required string Status { get; init; }

    /// <summary>Whether there is a file at the destination.</summary>
    public required bool IsWritten { get; init; }

    public required string Decoder { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int K { get; init; }

    public required int SourceColorCount { get; init; }

    public required int ColorCount { get; init; }

    public required long SourceBytes { get; init; }

    public required long RawBytes { get; init; }

    public required long CompressedBytes { get; init; }

    public required double Ratio { get; init; }

    public required double RawRatio { get; init; }

    public required double Mse { get; init; }

    /// <summary>Null where it is infinite, for which JSON has no number.</summary>
    public required double? Psnr { get; init; }

    public required double Inertia { get; init; }

    public required int Iterations { get; init; }

    public required bool Converged { get; init; }

    /// <summary>The clustering alone.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>From opening the source to closing the destination.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<string> Palette { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    internal static CompressedFile Of(CompressionResult result) => new()
    {
        Source = result.Source,
        Destination = result.Destination,
        Status = result.Status.ToString(),
        IsWritten = result.IsWritten,
        Decoder = result.Decoder,
        Width = result.Width,
        Height = result.Height,
        K = result.K,
        SourceColorCount = result.SourceColorCount,
        ColorCount = result.ColorCount,
        SourceBytes = result.SourceBytes,
        RawBytes = result.RawBytes,
        CompressedBytes = result.CompressedBytes,
        Ratio = result.Ratio,
        RawRatio = result.RawRatio,
        Mse = result.Mse,
        Psnr = double.IsFinite(result.Psnr) ? result.Psnr : null,
        Inertia = result.Inertia,
        Iterations = result.Iterations,
        Converged = result.Converged,
        FitSeconds = result.FitElapsed.TotalSeconds,
        Seconds = result.Elapsed.TotalSeconds,
        Palette = [.. result.Palette.Select(color => color.ToString())],
        Warnings = result.Warnings,
    };
}
