namespace KMeansPS.Imaging.Codecs;

/// <summary>What the head of a file tells before any pixel is decoded.</summary>
/// <param name="Format">The format's name, such as <c>PNG</c>.</param>
/// <param name="Width">Columns of the picture as it is shown, EXIF orientation applied.</param>
/// <param name="Height">Rows of the picture as it is shown.</param>
public sealed record ImageInfo(string Format, int Width, int Height)
{
    /// <summary>Width x height.</summary>
    public long PixelCount => (long)Width * Height;
}
