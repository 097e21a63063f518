namespace KMeansPS.Cli.Json;

/// <summary>What <c>palette --json</c> prints.</summary>
internal sealed record PaletteReport
{
    public required string File { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int K { get; init; }

    public required int SourceColorCount { get; init; }

    public required double Inertia { get; init; }

    public required int Iterations { get; init; }

    public required bool Converged { get; init; }

    /// <summary>The clustering alone.</summary>
    public required double Seconds { get; init; }

    /// <summary>The colour with the most pixels first.</summary>
    public required IReadOnlyList<PaletteColor> Colors { get; init; }
}
