using BenchmarkDotNet.Attributes;

namespace KMeansPS.Bench.Stages;

/// <summary>The steps of k-means on points without structure, one thread.</summary>
public class ClusteringStages
{
    private const int Count = 100_000;

    private readonly ParallelOptions _oneThread = new() { MaxDegreeOfParallelism = 1 };
    private PointSet<float> _points = null!;
    private PointSet<float> _centroids = null!;
    private KMeans<float> _kmeans = null!;
    private int[] _clusters = null!;

    [Params(3, 64)]
    public int Dimension { get; set; }

    [Params(16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var values = new float[Count * Dimension];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle();
        }

        _points = new PointSet<float>(values, Dimension);
        _kmeans = new KMeans<float>(new KMeansOptions { MaxIterations = 20, Tolerance = 0 }, _oneThread);
        _centroids = _kmeans.Seed(_points, K);
        _clusters = _kmeans.Assign(_points, _centroids).Cluster;
    }

    [Benchmark]
    public PointSet<float> Seed() => _kmeans.Seed(_points, K);

    [Benchmark]
    public KMeansAssignment Assign() => _kmeans.Assign(_points, _centroids);

    [Benchmark]
    public KMeansUpdate Update() => _kmeans.Update(_points, _clusters, _centroids);

    [Benchmark]
    public KMeansResult Fit() => _kmeans.Fit(_points, _centroids);
}
