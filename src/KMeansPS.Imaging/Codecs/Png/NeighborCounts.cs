namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>How often two different indices are neighbours in a picture, beside or above one another: a symmetric matrix.</summary>
internal sealed class NeighborCounts
{
    // A sample of rows says enough of a large picture. Twice as many neighbours are counted at the most.
    private const int EnoughPixels = 1 << 19;

    private NeighborCounts(int count)
    {
        Count = count;
        Values = new int[count * count];
    }

    /// <summary>How many indices there are.</summary>
    internal int Count { get; }

    /// <summary>The counts, row by row; zero on the diagonal.</summary>
    internal int[] Values { get; }

    /// <summary>Counts the neighbours in evenly spread rows.</summary>
    internal static NeighborCounts Of(IndexedImage image)
    {
        int n = image.Palette.Count;
        var pairs = new int[n * n];
        int step = (int)Math.Max(1, (long)image.Width * image.Height / EnoughPixels);
        int longest = Math.Max(1, EnoughPixels / ((image.Height + step - 1) / step));
        for (int y = 0; y < image.Height; y += step)
        {
            var row = image.Row(y)[..Math.Min(image.Width, Math.Max(longest, 1))];
            for (int x = 1; x < row.Length; x++)
            {
                pairs[(row[x - 1] * n) + row[x]]++;
            }

            if (y > 0)
            {
                var above = image.Row(y - 1);
                for (int x = 0; x < row.Length; x++)
                {
                    pairs[(above[x] * n) + row[x]]++;
                }
            }
        }

        var counts = new NeighborCounts(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                counts.Values[(i * n) + j] = i == j ? 0 : pairs[(i * n) + j] + pairs[(j * n) + i];
            }
        }

        return counts;
    }
}
