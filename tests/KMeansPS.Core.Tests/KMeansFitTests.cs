using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public abstract class KMeansFitTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly KMeansOptions ToTheFixedPoint = new() { Tolerance = 0, Trace = true };

    [Fact]
    public void Fit_FromGivenCentroids_GoesStepByStepToTheMeans()
    {
        // By hand: 2 is as near to 1 as to 3 and goes to the lower; the squares are 1 + 1 + 9 + 64; the means 1 and 8.5 stay.
        var result = new KMeans<T>(ToTheFixedPoint).Fit(Points.Of<T>(1, 0, 2, 6, 11), Points.Of<T>(1, 1, 3));
        Assert.Equal([0, 0, 1, 1], result.Cluster);
        Assert.Equal([1, 8.5], Points.ValuesOf(result.Model.Centroids));
        Assert.Equal([2L, 2L], result.Model.Counts);
        Assert.Equal([2, 12.5], result.Model.ClusterInertia);
        Assert.Equal(14.5, result.Model.Inertia);
        Assert.Equal(2, result.Model.Iterations);
        Assert.True(result.Model.Converged);
        Assert.Null(result.Model.Seed);
        Assert.Equal([0, 1, 2], result.Model.Trace.Select(step => step.Iteration));
        Assert.Equal([[1, 3], [1, 8.5], [1, 8.5]], result.Model.Trace.Select(step => Points.ValuesOf(step.Centroids)));
        Assert.Equal([75, 14.5, 14.5], result.Model.Trace.Select(step => step.Inertia));
        Assert.Equal([0L, 4, 0], result.Model.Trace.Select(step => step.Moved));
        Assert.Equal([0, 5.5 * 5.5, 0], result.Model.Trace.Select(step => step.Shift));
    }

    [Fact]
    public void Fit_WhereEverySumIsExact_IsTheTextbooksBitForBit() => Problem.ForAll(Problem.Any(1100, 6, Terrain.Lattice), problem =>
    {
        var points = problem.Points<T>();
        var initial = problem.Centroids<T>();
        var places = new Places<T>(points);
        var expected = Textbook.Fit(places.Points, initial, places.BlockSize(initial.Count), 300, places.InOrderGiven);
        var result = new KMeans<T>(ToTheFixedPoint).Fit(points, initial);
        var model = result.Model;
        int[] kept = [.. Enumerable.Range(0, initial.Count).Where(expected.Clusters.Contains)];
        return model.Iterations == expected.Iterations
            && result.Cluster.SequenceEqual(places.Expand(expected.Clusters).Select(cluster => Array.IndexOf(kept, cluster)))
            && Bits.Same<T>(model.Centroids.ToPrecision<T>().Values, kept.SelectMany(cluster => expected.Centroids[cluster].ToArray()).ToArray())
            && Bits.Same<double>(model.ClusterInertia, InertiaOf(result, places, initial.Count));
    });

    [Fact]
    public void Fit_OfBlobs_IsTheTextbooksBitForBit() => Problem.ForAll(
        Problem.Any(2500, 6, Terrain.Blobs),
        problem =>
        {
            var points = problem.Points<T>();
            var initial = new KMeans<T>(new KMeansOptions { Seed = problem.Seed }).Seed(points, Math.Min(problem.K, 4));
            var places = new Places<T>(points);
            var expected = Textbook.Fit(places.Points, initial, places.BlockSize(initial.Count), 300, places.InOrderGiven);
            var result = new KMeans<T>(ToTheFixedPoint).Fit(points, initial);
            return result.Cluster.SequenceEqual(places.Expand(expected.Clusters))
                && Bits.Same(result.Model.Centroids.ToPrecision<T>().Values, expected.Centroids.Values);
        },
        count: 50);

    [Fact]
    public void Fit_AtEveryWidthOfVectors_GivesTheSameBits() => Problem.ForAll(
        Problem.Any(1500, 20),
        problem =>
        {
            var points = problem.Points<T>();
            var options = new KMeansOptions { Seed = problem.Seed, MaxIterations = 10, Trace = true };
            return Kernels.All<T>().Select(kernel => Bits.Of<T>(new KMeans<T>(options, null, kernel).Fit(points, Math.Min(problem.K, 20)))).Distinct().Count() == 1;
        },
        count: 50);

    [Fact]
    public void Fit_ReportsTheInertiaAndTheCountsOfItsVeryCentroidsAndLabels() => Problem.ForAll(Problem.Any(2500, 6), problem =>
    {
        var points = problem.Points<T>();
        var result = new KMeans<T>(new KMeansOptions { Seed = problem.Seed, MaxIterations = 1 + (problem.Seed % 5), Method = MethodOf(problem) }).Fit(points, problem.K);
        var model = result.Model;
        return result.Cluster.SequenceEqual(Textbook.Assign(points, model.Centroids.ToPrecision<T>()))
            && Bits.Same<double>(model.ClusterInertia, InertiaOf(result, new Places<T>(points), problem.K))
            && model.Inertia == model.ClusterInertia.Sum()
            && model.Counts.SequenceEqual(Enumerable.Range(0, model.K).Select(cluster => result.Cluster.LongCount(label => label == cluster)));
    });

    [Fact]
    public void Fit_WithToleranceZero_EndsAtAFixedPoint() => Problem.ForAll(AllButTiny(2500, 6), problem =>
    {
        var points = problem.Points<T>();
        var kmeans = new KMeans<T>(new KMeansOptions { Seed = problem.Seed, Tolerance = 0, Method = MethodOf(problem), MaxIterations = 1000 });
        var result = kmeans.Fit(points, problem.K);
        var centroids = result.Model.Centroids.ToPrecision<T>();
        var places = new Places<T>(points);
        return result.Model.Converged
            && kmeans.Assign(points, centroids).Cluster.SequenceEqual(result.Cluster)
            && Bits.Same(Textbook.Means(places.Points, places.Condense(result.Cluster), centroids, places.BlockSize(kmeans.Seed(points, problem.K).Count)).Values, centroids.Values);
    });

    [Fact]
    public void Fit_KeepsAsManyClustersAsThereAreDistinctPoints_WhereverItStops() => Problem.ForAll(
        AllButTiny(200, 3),
        problem =>
        {
            var points = problem.Points<T>();
            var options = new KMeansOptions { Seed = problem.Seed, MaxIterations = problem.Seed % 2 == 0 ? 300 : 1 + (problem.Seed % 4), Method = MethodOf(problem) };
            int distinct = Points.CountDistinct(points);
            var seeded = new KMeans<T>(options).Fit(points, problem.K).Model;
            var given = new KMeans<T>(options).Fit(points, problem.Centroids<T>()).Model;
            return seeded.K == Math.Min(problem.K, distinct) && given.K == Math.Min(problem.K, distinct) && seeded.RequestedK == problem.K && given.RequestedK == problem.K;
        },
        count: 500);

    [Fact]
    public void Fit_NeverRaisesInertiaAlongTheTrace() => Problem.ForAll(AllButTiny(2500, 6), problem =>
    {
        var points = problem.Points<T>();
        var model = new KMeans<T>(new KMeansOptions { Seed = problem.Seed, Method = MethodOf(problem), Tolerance = 0, Trace = true }).Fit(points, problem.K).Model;
        double[] inertia = [.. model.Trace.Select(step => step.Inertia)];

        // The mean is rounded to T, and the sum that it is made of in double.
        double largest = Points.ValuesOf(points).Max(Math.Abs);
        double totalWeight = points.IsWeighted ? points.Weights.ToArray().Sum() : points.Count;
        double unit = largest * (typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(totalWeight, -52));
        return inertia.Zip(inertia.Skip(1)).All(pair => pair.Second <= pair.First + (totalWeight * points.Dimension * unit * unit) + (2 * unit * Math.Sqrt(totalWeight * points.Dimension * pair.First)));
    });

    [Fact]
    public void Trace_BeginsWithTheInitialCentroids_AndEndsWithTheModels() => Problem.ForAll(AllButTiny(1500, 4), problem =>
    {
        var points = problem.Points<T>();
        var kmeans = new KMeans<T>(new KMeansOptions { Seed = problem.Seed, Trace = true, MaxIterations = 1 + (problem.Seed % 20) });
        var initial = kmeans.Seed(points, problem.K);
        var model = kmeans.Fit(points, initial).Model;
        var last = (PointSet<T>)model.Trace[^1].Centroids;
        return Bits.Same(((PointSet<T>)model.Trace[0].Centroids).Values, initial.Values)
            && model.Trace.Select(step => step.Iteration).SequenceEqual(Enumerable.Range(0, model.Iterations + 1))
            && (model.K < last.Count || Bits.Same(last.Values, ((PointSet<T>)model.Centroids).Values))
            && model.Trace[^1].Inertia == model.Inertia
            && model.Trace.All(step => double.IsFinite(step.Inertia));
    });

    [Fact]
    public void Trace_UnlessAskedFor_IsEmpty() => Assert.Empty(new KMeans<T>().Fit(Points.Of<T>(1, 1, 2, 3), 2).Model.Trace);

    [Fact]
    public void Fit_WithOneCluster_FindsTheMean()
    {
        var result = new KMeans<T>().Fit(Points.Of<T>(2, 1, 2, 3, 4, 8, 6), 1);
        Assert.Equal([4.0, 4.0], Points.ValuesOf(result.Model.Centroids));
        Assert.Equal(26.0 + 8, result.Model.Inertia);
        Assert.Equal([0, 0, 0], result.Cluster);
    }

    [Theory]
    [InlineData(SeedingMethod.Random)]
    [InlineData(SeedingMethod.KMeansPlusPlus)]
    public void Fit_WithAsManyClustersAsPoints_KeepsEveryPoint(SeedingMethod method)
    {
        var points = new Problem(5, 40, 3, 40, Terrain.Uniform, false).Points<T>();
        var result = new KMeans<T>(new KMeansOptions { Method = method }).Fit(points, 40);
        Assert.Equal(0, result.Model.Inertia);
        Assert.All(result.Model.Counts, count => Assert.Equal(1, count));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(points[i].ToArray(), result.Model.Centroids is PointSet<T> centroids ? centroids[result.Cluster[i]].ToArray() : []));
    }

    [Theory]
    [InlineData(SeedingMethod.Random)]
    [InlineData(SeedingMethod.KMeansPlusPlus)]
    public void Fit_OfOnePlace_KeepsOneCluster(SeedingMethod method)
    {
        // A tenth cannot be held in binary: the mean of ten of them in double is rounded beside them.
        var result = new KMeans<T>(new KMeansOptions { Method = method, Tolerance = 0 }).Fit(Points.Of<T>(1, [.. Enumerable.Repeat(0.1, 10)]), 3);
        Assert.Equal(1, result.Model.K);
        Assert.Equal(3, result.Model.RequestedK);
        Assert.Equal([10L], result.Model.Counts);
        Assert.All(result.Cluster, cluster => Assert.Equal(0, cluster));
        Assert.True(result.Model.Converged);
        Assert.InRange(result.Model.Iterations, 1, 10);
    }

    [Theory]
    [InlineData(SeedingMethod.Random)]
    [InlineData(SeedingMethod.KMeansPlusPlus)]
    public void Fit_WithMoreClustersThanDistinctPoints_KeepsOneEach(SeedingMethod method)
    {
        var result = new KMeans<T>(new KMeansOptions { Method = method }).Fit(Points.Of<T>(1, 1, 7, 1, 7, 4, 1), 5);
        Assert.Equal([1.0, 4.0, 7.0], Points.ValuesOf(result.Model.Centroids).Order());
        Assert.Equal(5, result.Model.RequestedK);
        Assert.Equal(0, result.Model.Inertia);
    }

    [Fact]
    public void Fit_WhenAClusterIsEmptied_GivesItTheFarthestPoint()
    {
        var result = new KMeans<T>(ToTheFixedPoint).Fit(Points.Of<T>(1, 1, 2, 3, 20), Points.Of<T>(1, 2, 500));
        Assert.Equal([[2, 500], [2, 20], [2, 20]], result.Model.Trace.Select(step => Points.ValuesOf(step.Centroids)));
        Assert.Equal([0, 0, 0, 1], result.Cluster);
    }

    [Fact]
    public void Fit_WhereTheFarthestPointIsTheLastOfItsCluster_TakesAnother()
    {
        var result = new KMeans<T>(new KMeansOptions { MaxIterations = 1 }).Fit(Points.Of<T>(1, 1, 2, 100), Points.Of<T>(1, 1, 60, 500));
        Assert.Equal([1.0, 100.0, 2.0], Points.ValuesOf(result.Model.Centroids));
    }

    [Fact]
    public void Fit_WithWeights_IsThatOfRepeatedPoints()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var once = new Problem(seed, 60, 3, 4, Terrain.Uniform, false).Points<T>();
            double[] weights = [.. Enumerable.Range(0, once.Count).Select(_ => (double)random.Next(1, 5))];
            T[] repeated = [.. Enumerable.Range(0, once.Count).SelectMany(i => Enumerable.Repeat(once[i].ToArray(), (int)weights[i]).SelectMany(row => row))];
            var initial = new PointSet<T>(once.Values[..(4 * once.Dimension)].ToArray(), once.Dimension);
            var weighted = new KMeans<T>().Fit(new PointSet<T>(once.Values.ToArray(), once.Dimension, weights), initial).Model;
            var plain = new KMeans<T>().Fit(new PointSet<T>(repeated, once.Dimension), initial).Model;
            Assert.Equal(4, weighted.K);
            Assert.All(Points.ValuesOf(weighted.Centroids).Zip(Points.ValuesOf(plain.Centroids)), pair => Assert.Equal(pair.Second, pair.First, 5));
            Assert.Equal(1, weighted.Inertia / plain.Inertia, 5);
        }
    }

    [Fact]
    public void Fit_WithWeightsOfEverySize_StaysFinite()
    {
        var random = new Random(9);
        double[] weights = [.. Enumerable.Range(0, 300).Select(_ => Math.Pow(10, random.Next(-15, 30)))];
        var points = new PointSet<T>(new Problem(9, 300, 2, 9, Terrain.Uniform, false).Points<T>().Values.ToArray(), 2, weights);
        for (int seed = 0; seed < 20; seed++)
        {
            var result = new KMeans<T>(new KMeansOptions { Seed = seed, Method = SeedingMethod.Random, Trace = true, Tolerance = 0 }).Fit(points, 9);
            Assert.True(result.Model.Converged);
            Assert.True(double.IsFinite(result.Model.Inertia));
        }
    }

    [Fact]
    public void Fit_AfterMaxIterations_Stops()
    {
        var points = new Problem(6, 2000, 2, 10, Terrain.Uniform, false).Points<T>();
        var model = new KMeans<T>(new KMeansOptions { MaxIterations = 3, Tolerance = 0 }).Fit(points, 10).Model;
        Assert.Equal(3, model.Iterations);
        Assert.False(model.Converged);
    }

    [Fact]
    public void Fit_WithATolerance_StopsEarlier_AndSaysThatItConverged()
    {
        var points = new Problem(6, 2000, 2, 10, Terrain.Uniform, false).Points<T>();
        var exact = new KMeans<T>(new KMeansOptions { Tolerance = 0 }).Fit(points, 10).Model;
        var traced = new KMeans<T>(new KMeansOptions { Tolerance = 1e-3, Trace = true }).Fit(points, 10).Model;
        double threshold = 1e-3 * ColumnVariance.Mean(points, Blocks.For(2000, 10), new ParallelOptions());
        Assert.True(exact.Converged && traced.Converged);
        Assert.True(traced.Iterations < exact.Iterations);
        Assert.All(traced.Trace.Skip(1).SkipLast(1), step => Assert.True(step.Shift > threshold));
        Assert.True(traced.Trace[^1].Shift <= threshold);
    }

    [Fact]
    public void Fit_WithRestarts_KeepsTheLowestInertia()
    {
        var points = new Problem(7, 300, 2, 8, Terrain.Uniform, false).Points<T>();
        double[] inertia = [.. Enumerable.Range(1, 8).Select(restarts => new KMeans<T>(new KMeansOptions { Method = SeedingMethod.Random, Seed = 3, Restarts = restarts }).Fit(points, 8).Model.Inertia)];
        Assert.Equal(inertia.OrderDescending(), inertia);
        Assert.True(inertia[^1] < inertia[0]);
    }

    [Fact]
    public void Fit_WithTheSameSeed_RepeatsItself_AndWithAnotherDoesNot()
    {
        var points = new Problem(8, 300, 2, 8, Terrain.Uniform, false).Points<T>();
        string[] runs = [.. new[] { 1, 1, 2 }.Select(seed => Bits.Of<T>(new KMeans<T>(new KMeansOptions { Seed = seed }).Fit(points, 8)))];
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.Equal(2, new KMeans<T>(new KMeansOptions { Seed = 2 }).Fit(points, 8).Model.Seed);
    }

    [Fact]
    public void Fit_IsThatFromTheCentroidsThatSeedChooses()
    {
        var points = new Problem(8, 300, 2, 8, Terrain.Uniform, false).Points<T>();
        var kmeans = new KMeans<T>(new KMeansOptions { Seed = 4, Trace = true });
        Assert.Equal(Bits.Of<T>(kmeans.Fit(points, 8)), Bits.Of<T>(kmeans.Fit(points, kmeans.Seed(points, 8))));
    }

    [Fact]
    public void Fit_KeepsTheNamesOfTheColumns()
    {
        var points = new PointSet<T>(new[] { T.One, T.Zero, T.Zero, T.One }, 2) { ColumnName = ["a", "b"] };
        Assert.Equal(["a", "b"], new KMeans<T>().Fit(points, 2).Model.ColumnName);
    }

    private static SeedingMethod MethodOf(Problem problem) => problem.Seed % 3 == 0 ? SeedingMethod.Random : SeedingMethod.KMeansPlusPlus;

    // Where squares vanish, points at different places have no distance.
    private static double[] InertiaOf(KMeansResult result, Places<T> places, int k) =>
        Textbook.Inertia(places.Points, places.Condense(result.Cluster), result.Model.Centroids.ToPrecision<T>(), places.BlockSize(k));

    private static FsCheck.Arbitrary<Problem> AllButTiny(int maxN, int maxD) => Problem.Any(maxN, maxD, [.. Enum.GetValues<Terrain>().Except([Terrain.Tiny])]);
}

public sealed class KMeansFitOfSingleTests : KMeansFitTests<float>;

public sealed class KMeansFitOfDoubleTests : KMeansFitTests<double>;
