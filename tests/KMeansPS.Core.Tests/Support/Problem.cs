using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace KMeansPS.Tests.Support;

/// <summary>A problem in a few numbers, from which its points and centroids follow: what FsCheck draws, prints and shrinks.</summary>
public sealed record Problem(int Seed, int N, int D, int K, Terrain Terrain, bool Weighted)
{
    private const int MaxWeight = 4;

    /// <summary>Problems of up to so many points and dimensions, on some kinds of terrain or on all.</summary>
    internal static Arbitrary<Problem> Any(int maxN, int maxD, params Terrain[] terrains)
    {
        Terrain[] allowed = terrains.Length > 0 ? terrains : Enum.GetValues<Terrain>();
        var gen =
            from seed in Gen.Choose(0, int.MaxValue)
            from n in Gen.Frequency((4, Gen.Choose(1, Math.Min(maxN, 70))), (1, Gen.Choose(1, maxN)))
            from d in Gen.Frequency((4, Gen.Choose(1, Math.Min(maxD, 5))), (1, Gen.Choose(1, maxD)))
            from k in Gen.Frequency((4, Gen.Choose(1, Math.Min(n, 12))), (1, Gen.Choose(1, Math.Min(n, 70))), (1, Gen.Constant(Math.Min(n, 70))))
            from terrain in Gen.Elements(allowed)
            from weighted in Gen.Elements(false, true)
            select new Problem(seed, n, d, k, terrain, weighted);
        return Arb.From(gen, Smaller);
    }

    /// <summary>Throws, with the smallest problem found, unless the property holds for all that are drawn.</summary>
    internal static void ForAll(Arbitrary<Problem> problems, Func<Problem, bool> property, int count = 100) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(problems, property));

    /// <summary>N x D points.</summary>
    internal PointSet<T> Points<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(Seed);
        var values = Values<T>(random, N);
        return new PointSet<T>(values, D, Weighted ? Enumerable.Range(0, N).Select(_ => random.Next(1, (2 * MaxWeight) + 1) * 0.5).ToArray() : null);
    }

    /// <summary>K x D centroids of the same terrain; on some of it they fall on points and on one another.</summary>
    internal PointSet<T> Centroids<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(Values<T>(new Random(Seed + 1), K), D);

    private T[] Values<T>(Random random, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        double limit = 0.99 * Math.Sqrt((single ? float.MaxValue : double.MaxValue) / (16.0 * MaxWeight * N * D));
        var places = new Random(Seed + 2);
        double[] fewPlaces = [.. Enumerable.Range(0, 4 * D).Select(_ => places.Next(1, 100) / 10.0)];
        var values = new T[count * D];
        for (int i = 0; i < count; i++)
        {
            int place = random.Next(4);
            for (int j = 0; j < D; j++)
            {
                double u = random.NextDouble();
                values[(i * D) + j] = T.CreateTruncating(Terrain switch
                {
                    Terrain.Uniform => u,
                    Terrain.Blobs => (((place >> (j % 2)) & 1) * 100) + u,
                    Terrain.Lattice => Math.Floor(u * 4),
                    Terrain.Duplicates => fewPlaces[(place * D) + j],
                    Terrain.Offset => (single ? 1e6 : 1e11) + Math.Floor(u * 16),
                    Terrain.Tiny => Math.ScaleB(Math.Floor(u * 128) - 64, single ? -76 : -539),
                    Terrain.Huge => ((2 * u) - 1) * limit,
                    _ => throw new InvalidOperationException($"There is no terrain {Terrain}."),
                });
            }
        }

        return values;
    }

    private static IEnumerable<Problem> Smaller(Problem problem)
    {
        if (problem.N > 1)
        {
            yield return problem with { N = problem.N / 2, K = Math.Min(problem.K, problem.N / 2) };
            yield return problem with { N = problem.N - 1, K = Math.Min(problem.K, problem.N - 1) };
        }

        if (problem.D > 1)
        {
            yield return problem with { D = problem.D / 2 };
            yield return problem with { D = problem.D - 1 };
        }

        if (problem.K > 1)
        {
            yield return problem with { K = problem.K - 1 };
        }

        if (problem.Weighted)
        {
            yield return problem with { Weighted = false };
        }
    }
}
