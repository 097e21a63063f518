using KMeansPS.Numerics;

namespace KMeansPS.Evaluation;

/// <summary>
/// The silhouette (P. J. Rousseeuw, 1987, "Silhouettes: a graphical aid to the interpretation and validation of cluster
/// analysis"): for each point (b - a) / max(a, b), where a is its mean Euclidean distance to the other points of its
/// cluster, and b the least mean distance to the points of another; 0 for the only point of a cluster. The mean over the
/// points tells how well the clusters are separated, from -1 to 1.
/// <para>
/// A weight counts as so many points at one place, so that a set of points with their multiplicities gives what all of
/// them would; weights below 1 have no such meaning, and there the silhouette is not defined.
/// </para>
/// <para>
/// With more than <see cref="ExactLimit"/> points a sample is measured, each of its points against all others, so that
/// the mean is that of all points but for chance. The sample is drawn uniformly without replacement (D. E. Knuth, The
/// Art of Computer Programming, volume 2, algorithm 3.4.2 S), and the error of its mean is that of a ratio estimate with
/// the correction for a finite population (W. G. Cochran, 1977, "Sampling techniques", equations 2.25 and 2.46).
/// </para>
/// </summary>
public static class Silhouette
{
    /// <summary>The most points of which all are measured by default.</summary>
    public const int ExactLimit = 20_000;

    /// <summary>
    /// How many points are measured by default where there are more than <see cref="ExactLimit"/>: with values of -1 to
    /// 1 the standard error is below 0.023, and mostly below 0.01.
    /// </summary>
    public const int DefaultSampleSize = 2_000;

    /// <summary>The silhouette of a clustering. m x n x d operations, where m points are measured; 8 x d bytes a point of a few of them.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 or more.</param>
    /// <param name="options">The size of the sample, and its seed.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>The score; null where it is not defined: with one cluster, as many as points, or weights below 1.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SilhouetteScore? Measure(PointSet points, int[] clusters, SilhouetteOptions? options = null, ParallelOptions? parallel = null)
    {
        parallel ??= new ParallelOptions();
        return Of(points, ClusterLayout.Of(points, clusters, parallel.CancellationToken), options ?? new SilhouetteOptions(), parallel);
    }

    internal static SilhouetteScore? Of(PointSet points, ClusterLayout layout, SilhouetteOptions options, ParallelOptions parallel)
    {
        options.Validate();
        if (layout.K == 1 || layout.K >= layout.Weight.Sum() || !WeightsCountPoints(points))
        {
            return null;
        }

        int[] sample = Draw(points.Count, options.SampleOf(points.Count), new Xoshiro256(options.Seed));
        double[] values = points switch
        {
            PointSet<float> single => new SilhouetteOfPoints<float>(single, layout, TileKernel<double>.ForThisProcessor()).Measure(sample, parallel),
            PointSet<double> full => new SilhouetteOfPoints<double>(full, layout, TileKernel<double>.ForThisProcessor()).Measure(sample, parallel),
            _ => throw new ArgumentException($"Points of {points.ElementType} cannot be measured.", nameof(points)),
        };
        double mean = MeanOf(points, sample, values);
        return new SilhouetteScore(mean, ErrorOf(points, sample, values, mean), sample, values);
    }

    private static bool WeightsCountPoints(PointSet points)
    {
        foreach (double weight in points.Weights)
        {
            if (weight < 1)
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Draw(int count, int size, Xoshiro256 random)
    {
        var sample = new int[size];
        for (int i = 0, chosen = 0; chosen < size; i++)
        {
            if (count - i == size - chosen || random.NextInt32(count - i) < size - chosen)
            {
                sample[chosen++] = i;
            }
        }

        return sample;
    }

    private static double WeightOf(PointSet points, int point) => points.IsWeighted ? points.Weights[point] : 1;

    private static double MeanOf(PointSet points, int[] sample, double[] values)
    {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            sum += WeightOf(points, sample[i]) * values[i];
            weight += WeightOf(points, sample[i]);
        }

        return sum / weight;
    }

    private static double ErrorOf(PointSet points, int[] sample, double[] values, double mean)
    {
        double squares = 0;
        double weight = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            double residual = WeightOf(points, sample[i]) * (values[i] - mean);
            squares += residual * residual;
            weight += WeightOf(points, sample[i]);
        }

        double m = sample.Length;
        double left = 1 - (m / points.Count);
        return Math.Sqrt(left * m / (m - 1) * squares) / weight;
    }
}
