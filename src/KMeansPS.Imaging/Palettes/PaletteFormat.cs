namespace KMeansPS.Imaging.Palettes;

/// <summary>The texts in which a palette goes to other programs.</summary>
public enum PaletteFormat
{
    /// <summary>A palette file of GIMP, which Inkscape, Krita and others read too.</summary>
    Gpl,

    /// <summary>Custom properties of CSS.</summary>
    Css,

    /// <summary>JSON.</summary>
    Json,
}
