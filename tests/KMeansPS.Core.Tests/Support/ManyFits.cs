using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using KMeansPS.Evaluation;

namespace KMeansPS.Tests.Support;

/// <summary>A set of small runs of many kinds, and one hash of all their bits.</summary>
internal static class ManyFits
{
    internal static string Hash(ParallelOptions? parallel = null) =>
        Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', [.. Runs<float>(parallel), .. Runs<double>(parallel)]))));

    private static IEnumerable<string> Runs<T>(ParallelOptions? parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int N, int D, int K)[] sizes = [(1, 1, 1), (33, 3, 33), (1500, 2, 7), (2100, 3, 16), (1300, 5, 9), (700, 17, 5), (300, 70, 4), (6500, 2, 5), (10950, 96, 3)];
        foreach (var (n, d, k) in sizes)
        {
            // The last two are searched for a better optimum in groups of points, and in a few directions.
            Terrain[] all = [Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates];
            foreach (var terrain in n > 5000 ? [Terrain.Blobs] : all)
            {
                bool weighted = (n + (int)terrain) % 2 == 0;
                var points = new Problem(n, n, d, k, terrain, weighted).Points<T>().ScaledBy((ScalingMethod)((n + d) % 3), parallel).ToPrecision<T>();
                var options = new KMeansOptions
                {
                    Seed = n,
                    Method = (d + (int)terrain) % 2 == 0 ? SeedingMethod.Random : SeedingMethod.KMeansPlusPlus,
                    MaxIterations = 6,
                    Restarts = 2,
                    Effort = terrain == Terrain.Blobs && n is < 1000 or > 5000 ? KMeansEffort.Best : KMeansEffort.Balanced,
                    Momentum = n % 5 == 0,
                    Trace = true,
                };
                var result = new KMeans<T>(options, parallel).Fit(points, k);
                yield return Bits.Of<T>(result);
                yield return $"{ClusteringMeasures.Of(points, result, new SilhouetteOptions { SampleSize = 400 }, parallel)}";

                // Some of them do not fit into the sample, and then all passes are gone through.
                var streamed = new MiniBatchOptions { BatchSize = 600, SampleSize = 500, Start = options, Passes = 1 + (d % 4) };
                var model = new MiniBatchKMeans<T>(streamed, parallel).Fit(new PointSetSource<T>(points), k);
                yield return Bits.Of<T>(new KMeansResult(model, []));
            }
        }
    }
}
