namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Keeps clear pixels clear. An entry that they share with faint ones, as with the rim of a shadow, is the mean of all of
/// them: a veil of one level of alpha over the whole ground of the picture, which shows where two grounds meet.
/// </summary>
internal static class ClearPixels
{
    /// <summary>Makes the entry of the clear pixels clear, where at least half of what falls to it is clear.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="centroids">The points that they were rounded from.</param>
    /// <param name="colors">The colours, each once; those that are clear are one.</param>
    /// <param name="points">The same as points, which are the last of these.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static void Keep(Rgba[] entries, PointSet<float> centroids, WeightedColors colors, PointSet<float> points, ParallelOptions parallel)
    {
        int clear = colors.IsOpaque ? -1 : colors.Colors.IndexOf(default(Rgba));
        if (clear < 0)
        {
            return;
        }

        var entryOfPoint = new KMeans<float>(null, parallel).Assign(points, centroids).Cluster.AsSpan(points.Count - colors.Count);
        int own = entryOfPoint[clear];
        double all = 0;
        for (int i = 0; i < entryOfPoint.Length; i++)
        {
            all += entryOfPoint[i] == own ? colors.Weights[i] : 0;
        }

        if (2 * colors.Weights[clear] >= all)
        {
            entries[own] = default;
        }
    }
}
