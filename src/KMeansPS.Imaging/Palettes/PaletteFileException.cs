namespace KMeansPS.Imaging.Palettes;

/// <summary>A file or text holds no palette that can be used; the message says where and why.</summary>
/// <param name="message">A sentence on the fault.</param>
public sealed class PaletteFileException(string message) : FormatException(message);
