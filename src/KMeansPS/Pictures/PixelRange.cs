namespace KMeansPS;

/// <summary>The numbers that stand for the channels of a pixel.</summary>
public enum PixelRange
{
    /// <summary>0 to 255, as palettes and colour names give them.</summary>
    Byte,

    /// <summary>0 to 1.</summary>
    Unit,
}
