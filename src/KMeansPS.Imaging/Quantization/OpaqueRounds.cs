using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Lloyd's rounds over the opaque colours of a picture in RGB: each to the nearest centroid, each centroid to the mean of
/// its pixels. Centroids lie on quarters of a level while colours are assigned; all sums are whole numbers, and so the
/// order in which threads add them changes nothing.
/// </summary>
internal sealed class OpaqueRounds
{
    // Of each cluster the number of its pixels, and the sums of their levels of red, green and blue.
    private const int Sums = 4;

    private readonly OpaqueColorTable _table;
    private readonly Rgba[] _colors;
    private readonly int[] _counts;
    private readonly ParallelOptions _parallel;
    private readonly double[] _centroids;

    /// <summary>Begins with some centroids.</summary>
    /// <param name="table">The colours.</param>
    /// <param name="colors">Them in the order of their numbers.</param>
    /// <param name="counts">How many pixels have each.</param>
    /// <param name="centroids">K x 3 centroids, K at most 256.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal OpaqueRounds(OpaqueColorTable table, Rgba[] colors, int[] counts, PointSet<float> centroids, ParallelOptions parallel)
    {
        _table = table;
        _colors = colors;
        _counts = counts;
        _parallel = parallel;
        _centroids = Array.ConvertAll(centroids.Values.ToArray(), static value => (double)value);
    }

    /// <summary>The centroids, rounded to colours, each once: the means of the last round's clusters; an empty one's stays where it was.</summary>
    internal Palette ToPalette()
    {
        int[] levels = Array.ConvertAll(_centroids, static value => (int)(value + 0.5));
        return new Palette([.. levels.Chunk(3).Select(static color => new Rgba((byte)color[0], (byte)color[1], (byte)color[2])).Distinct().Order()]);
    }

    /// <summary>The inertia of the last round's clusters around their means.</summary>
    internal double Inertia { get; private set; }

    /// <summary>Assigns and moves once.</summary>
    internal void Advance()
    {
        int k = _centroids.Length / 3;
        var nearest = new NearestInCells(Units(0), Units(1), Units(2));
        long[] sums = new long[Sums * k];
        long squares = 0;
        _table.ForEachPart(_parallel, cells =>
        {
            long[] sumsOfPart = new long[sums.Length];
            long squaresOfPart = Add(cells, nearest, sumsOfPart);
            lock (sums)
            {
                squares += squaresOfPart;
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += sumsOfPart[i];
                }
            }
        });
        Inertia = squares;
        for (int cluster = 0; cluster < k; cluster++)
        {
            double count = sums[Sums * cluster];
            for (int j = 0; j < 3 && count > 0; j++)
            {
                double sum = sums[(Sums * cluster) + 1 + j];
                Inertia -= sum * sum / count;
                _centroids[(3 * cluster) + j] = sum / count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Add(ArraySegment<int> cells, NearestInCells nearest, long[] sums)
    {
        Span<byte> clusters = stackalloc byte[ColorKey.CellSize];
        long squares = 0;
        foreach (int number in cells)
        {
            var cell = _table.Cell(number);
            nearest.Find(cell, clusters);
            int i = cell.FirstColor;
            for (ulong left = cell.Occurring; left != 0; left &= left - 1)
            {
                var color = _colors[i];
                long count = _counts[i++];
                var sum = sums.AsSpan(Sums * clusters[BitOperations.TrailingZeroCount(left)], Sums);
                sum[0] += count;
                sum[1] += count * color.R;
                sum[2] += count * color.G;
                sum[3] += count * color.B;
                squares += count * ((color.R * color.R) + (color.G * color.G) + (color.B * color.B));
            }
        }

        return squares;
    }

    private int[] Units(int column)
    {
        int[] units = new int[_centroids.Length / 3];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = (int)((_centroids[(3 * i) + column] * NearestInCells.Scale) + 0.5);
        }

        return units;
    }
}
