using KMeansPS.Imaging;

namespace KMeansPS.Pictures;

/// <summary>The way back from pixels as points: the picture in which every pixel has the colour of its centroid.</summary>
internal static class AssignedPicture
{
    /// <summary>Why an assignment is not such a picture; null where it is one.</summary>
    internal static string? Obstacle(KMeansAssignment assignment) => assignment switch
    {
        { Picture: null } => "its points are not the pixels of a picture; make them with ConvertTo-KMeansPoint",
        { Centroids.Dimension: not 3 } => $"its centroids have {assignment.Centroids.Dimension} dimensions, not red, green and blue",
        { Centroids.Count: > Palette.MaxCount } => $"it has {assignment.Centroids.Count} centroids, and a palette holds {Palette.MaxCount}",
        _ => null,
    };

    internal static IndexedImage Of(KMeansAssignment assignment)
    {
        var picture = assignment.Picture!;
        var colors = new Rgba[assignment.Centroids.Count];
        for (int i = 0; i < colors.Length; i++)
        {
            var centroid = assignment.Centroids.GetPoint(i);
            colors[i] = new Rgba(Level(centroid[0]), Level(centroid[1]), Level(centroid[2]));
        }

        return new IndexedImage(picture.Width, picture.Height, new Palette(colors), Array.ConvertAll(assignment.Cluster, static cluster => (byte)cluster));

        byte Level(double value) => (byte)Math.Clamp((value / picture.FullScale * 255) + 0.5, 0, 255);
    }
}
