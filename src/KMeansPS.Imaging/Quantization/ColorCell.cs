namespace KMeansPS.Imaging.Quantization;

/// <summary>A cell of 4 x 4 x 4 neighbouring opaque colours of which some occur.</summary>
/// <param name="Number">The number of the cell: the upper six bits of red, green and blue.</param>
/// <param name="Occurring">A bit for each place whose colour occurs.</param>
/// <param name="FirstColor">The number of the first of these colours; the others follow.</param>
internal readonly record struct ColorCell(int Number, ulong Occurring, int FirstColor)
{
    /// <summary>The lowest red, green and blue of the cell's colours.</summary>
    internal Rgba Origin => ColorKey.ToColor((uint)Number << ColorKey.PlaceBits);
}
