using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Pictures;

/// <summary>The pixels of a picture as points of three coordinates: red, green and blue.</summary>
/// <param name="Points">One point a pixel, row by row.</param>
/// <param name="Decoder">The name of the decoder that read the picture.</param>
/// <param name="Warnings">What a person should know of the reading.</param>
internal sealed record PicturePoints(PointSet Points, string Decoder, IReadOnlyList<string> Warnings)
{
    private static readonly string[] Channels = ["Red", "Green", "Blue"];

    internal static PicturePoints Of(DecodedImage picture, PixelRange range, CancellationToken cancellationToken)
    {
        var image = picture.Image;
        if (image.Pixels.Length > Array.MaxLength / Channels.Length)
        {
            throw new InsufficientMemoryException($"{image.Width} x {image.Height} pixels are more points than one point set holds.");
        }

        float[] level = [.. Enumerable.Range(0, 256).Select(value => range == PixelRange.Unit ? value / 255f : value)];
        var values = GC.AllocateUninitializedArray<float>(image.Pixels.Length * Channels.Length);
        int at = 0;
        bool opaque = true;
        for (int y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var pixel in image.Row(y))
            {
                values[at++] = level[pixel.R];
                values[at++] = level[pixel.G];
                values[at++] = level[pixel.B];
                opaque &= pixel.A == byte.MaxValue;
            }
        }

        var points = new PointSet<float>(values, Channels.Length)
        {
            ColumnName = Channels,
            Picture = new PictureShape(image.Width, image.Height, range == PixelRange.Unit ? 1 : 255),
        };
        return new PicturePoints(points, picture.Decoder, opaque ? image.Warnings : [.. image.Warnings, "The points are red, green and blue alone: the transparency is left out."]);
    }
}
