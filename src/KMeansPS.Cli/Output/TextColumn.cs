namespace KMeansPS.Cli.Output;

/// <summary>One column of a table.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Width">How wide its cells are, at least.</param>
/// <param name="IsNumber">Whether its cells stand at the right.</param>
internal sealed record TextColumn(string Title, int Width = 0, bool IsNumber = true)
{
    /// <summary>How wide the column is.</summary>
    internal int FullWidth => Math.Max(Width, Title.Length);
}
