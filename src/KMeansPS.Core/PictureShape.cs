namespace KMeansPS;

/// <summary>What a point set remembers of the picture whose pixels it holds, so that the way back is known.</summary>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture; width x height is the number of points.</param>
/// <param name="FullScale">The value that stands for a full channel: 255, or 1 where the pixels were scaled to 0..1.</param>
public sealed record PictureShape(int Width, int Height, double FullScale = 255);
