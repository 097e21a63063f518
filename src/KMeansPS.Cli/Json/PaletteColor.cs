namespace KMeansPS.Cli.Json;

/// <summary>One colour of a palette.</summary>
/// <param name="Hex">#RRGGBB, or #RRGGBBAA where it is not opaque.</param>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
/// <param name="A">Alpha, 255 where it is opaque.</param>
/// <param name="Pixels">How many pixels are nearest to it.</param>
/// <param name="Percent">The same as a share of all pixels.</param>
/// <param name="Name">The nearest colour that has a name in CSS.</param>
internal sealed record PaletteColor(string Hex, byte R, byte G, byte B, byte A, int Pixels, double Percent, string Name);
