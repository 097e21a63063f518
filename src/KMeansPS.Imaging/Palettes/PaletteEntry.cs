namespace KMeansPS.Imaging.Palettes;

/// <summary>One of the main colours of a picture.</summary>
public sealed record PaletteEntry
{
    /// <summary>The full path of the picture; null where it came from no file.</summary>
    public string? Source { get; init; }

    /// <summary>The colour as <c>#RRGGBB</c>, or <c>#RRGGBBAA</c> where it is not opaque.</summary>
    public required string Hex { get; init; }

    /// <summary>Red, 0 to 255.</summary>
    public required byte R { get; init; }

    /// <summary>Green, 0 to 255.</summary>
    public required byte G { get; init; }

    /// <summary>Blue, 0 to 255.</summary>
    public required byte B { get; init; }

    /// <summary>Alpha: 0 is transparent, 255 opaque.</summary>
    public required byte A { get; init; }

    /// <summary>How many pixels are nearest to this colour.</summary>
    public required int Count { get; init; }

    /// <summary>The same as a share of all pixels, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>The nearest colour that has a name in CSS.</summary>
    public required string Name { get; init; }
}
