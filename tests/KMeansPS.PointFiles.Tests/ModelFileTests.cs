using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace KMeansPS.PointFiles.Tests;

public sealed class ModelFileTests
{
    private const string Small = """
        {
          "format": "KMeansPS model",
          "version": 1,
          "k": 2,
          "requestedK": 3,
          "dimension": 2,
          "elementType": "double",
          "columns": ["x", "naïve \"y\""],
          "method": "Random",
          "seed": -7,
          "iterations": 4,
          "converged": true,
          "isEstimate": false,
          "inertia": 2.5,
          "scaling": { "method": "MinMax", "offset": [0, 10], "factor": [2, 0.5] },
          "clusters": [
            { "cluster": 0, "count": 3, "inertia": 2.5, "centroid": [1, 10.25], "scaledCentroid": [0.5, 0.5] },
            { "cluster": 1, "count": 1, "inertia": 0, "centroid": [-2, 10], "scaledCentroid": [-1, -0] }
          ]
        }

        """;

    [Fact]
    public void Read_OfADocumentedFile_GivesTheModel()
    {
        var model = Assert.IsType<KMeansModel<double>>(Read(Small));
        Assert.Equal((2, 3, 2, 4, true, 2.5), (model.K, model.RequestedK, model.Dimension, model.Iterations, model.Converged, model.Inertia));
        Assert.Equal((-7L, SeedingMethod.Random, ScalingMethod.MinMax), (model.Seed, model.Method, model.Scaling!.Method));
        Assert.Equal(["x", "naïve \"y\""], model.ColumnName);
        Assert.Equal([3, 1], model.Counts);
        Assert.Equal([1, 10.25, -2, 10], Reading.Values(model.Centroids));
        Assert.Equal([0.5, 0.5, -1, -0.0], Reading.Values(model.ScaledCentroids));
        Assert.True(double.IsNegative(model.ScaledCentroids.GetPoint(1)[1]));
        Assert.Empty(model.Trace);
    }

    [Fact]
    public void Write_GivesOneMemberAndOneClusterALine() => Assert.Equal(Small, Write(Read(Small)));

    /// <summary>Any finite bits that a run can end with, of either type, come back as they were.</summary>
    [Fact]
    public void Read_OfWhatWasWritten_IsTheSameToTheLastBit()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => SurvivesAFile<float>(seed) && SurvivesAFile<double>(seed)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_OfTheModelOfARun_FindsTheSameClusters()
    {
        var points = Cloud<float>(1, 2000, 3);
        foreach (var method in Enum.GetValues<ScalingMethod>())
        {
            var result = KMeans.Fit(points.ScaledBy(method), 7);
            var model = Read(Write(result.Model));
            Assert.Equal(result.Cluster, KMeans.Assign(points, model.ScaledCentroids).Cluster);
        }
    }

    [Theory]
    [InlineData("", "Not JSON at line 1, byte 1")]
    [InlineData("1,2\n3,4\n", "Not JSON at line 1")]
    [InlineData("[]", "no member \"format\"")]
    [InlineData("{\"format\": \"other\"}", "no member \"format\"")]
    [InlineData("{\"version\": 1}", "no member \"format\"")]
    [InlineData("{\"format\": 1}", "no member \"format\"")]
    public void Read_OfAnotherFile_SaysThatItIsNoModel(string text, string said)
    {
        var refusal = Assert.Throws<ModelFileException>(() => Read(text));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual(ModelFileFault.Newer, refusal.Fault);
    }

    [Fact]
    public void Read_OfANewerVersion_SaysSo()
    {
        var refusal = Assert.Throws<ModelFileException>(() => Read("""{ "format": "KMeansPS model", "version": 2, "shape": "unknown" }"""));
        Assert.Equal((ModelFileFault.Newer, "The model is of version 2, and this KMeansPS reads versions up to 1: use a newer KMeansPS."), (refusal.Fault, refusal.Message));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 0", "version is 0")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "version is not a number")]
    [InlineData("\"k\": 2", "\"k\": 0", "k is 0")]
    [InlineData("\"k\": 2", "\"k\": 3", "clusters has 2 objects, but must have 3")]
    [InlineData("\"k\": 2", "\"k\": 2000000000", "requestedK is 3|clusters has 2 objects")]
    [InlineData("\"k\": 2", "\"k\": 2.5", "k is not a whole number")]
    [InlineData("\"k\": 2", "\"k\": 2, \"k\": 2", "k is there twice")]
    [InlineData("\"k\": 2", "\"kk\": 2", "k is missing")]
    [InlineData("\"requestedK\": 3", "\"requestedK\": 1", "requestedK is 1")]
    [InlineData("\"dimension\": 2", "\"dimension\": -2", "dimension is -2")]
    [InlineData("\"dimension\": 2", "\"dimension\": 3", "columns has 2 names for 3 dimensions")]
    [InlineData("\"double\"", "\"half\"", "elementType is 'half'")]
    [InlineData("\"x\", ", "", "columns has 1 names")]
    [InlineData("\"x\"", "5", "columns has an item that is no text")]
    [InlineData("\"Random\"", "\"2\"", "method is '2'")]
    [InlineData("-7", "1e30", "seed is not a whole number")]
    [InlineData("\"iterations\": 4", "\"iterations\": -4", "iterations is -4")]
    [InlineData("\"converged\": true", "\"converged\": \"yes\"", "converged is neither true nor false")]
    [InlineData("\"inertia\": 2.5,\n", "\"inertia\": 7,\n", "inertia is not the sum")]
    [InlineData("\"inertia\": 2.5,\n", "\"inertia\": 1e999,\n", "inertia is not a finite number")]
    [InlineData("\"inertia\": 0", "\"inertia\": -1", "clusters[1].inertia is not a finite number")]
    [InlineData("\"MinMax\"", "\"None\"", "scaling.method is 'None'")]
    [InlineData("[0, 10]", "[0]", "scaling.offset has 1 numbers, but must have 2")]
    [InlineData("[2, 0.5]", "[2, 0]", "scaling.factor has a number that is not above 0")]
    [InlineData("\"cluster\": 1", "\"cluster\": 0", "clusters[1].cluster is not 1")]
    [InlineData("\"count\": 3", "\"count\": -3", "clusters[0].count is -3")]
    [InlineData("[1, 10.25]", "[1]", "clusters[0].centroid has 1 numbers, but must have 2")]
    [InlineData("[1, 10.25]", "[1, \"NaN\"]", "clusters[0].centroid has an item that is no finite number: \"NaN\"")]
    [InlineData("[1, 10.25]", "[1, 11.25]", "clusters[0].centroid and scaledCentroid are not the same place")]
    [InlineData("[0.5, 0.5]", "[0.5, 1e300]", "clusters[0].centroid and scaledCentroid")]
    [InlineData("[0.5, 0.5]", "null", "clusters[0].scaledCentroid is not a list")]
    [InlineData(", \"scaledCentroid\": [0.5, 0.5]", "", "clusters[0].scaledCentroid is missing")]
    public void Read_OfABrokenModel_NamesTheFault(string place, string damage, string said)
    {
        Assert.Contains(place, Small, StringComparison.Ordinal);
        var refusal = Assert.Throws<ModelFileException>(() => Read(Small.Replace(place, damage, StringComparison.Ordinal)));
        Assert.Equal(ModelFileFault.Broken, refusal.Fault);
        Assert.Contains(said.Split('|'), part => refusal.Message.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfANumberThatJsonDoesNotKnow_NamesItsLine() =>
        Assert.Contains("line 17", Assert.Throws<ModelFileException>(() => Read(Small.Replace("10.25", "NaN", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OfATruncatedModel_IsRefusedAtEveryByte()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Small.TrimEnd());
        for (int length = 0; length < whole.Length; length++)
        {
            using var stream = new MemoryStream(whole, 0, length);
            Assert.Throws<ModelFileException>(() => ModelFile.Read(stream, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Read_OfAModelWithFlippedBits_NeverThrowsAnythingElse()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Small);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            using var stream = new MemoryStream(flipped);
            try
            {
                Assert.InRange(ModelFile.Read(stream, TestContext.Current.CancellationToken).K, 1, 2);
            }
            catch (ModelFileException)
            {
            }
        }
    }

    [Fact]
    public void Read_WhenCancelled_Stops()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Small));
        Assert.ThrowsAny<OperationCanceledException>(() => ModelFile.Read(stream, new CancellationToken(true)));
    }

    private static bool SurvivesAFile<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var points = Cloud<T>(seed, 3 + (seed % 20), 1 + (seed % 5)).ScaledBy((ScalingMethod)(seed % 3));
        var model = (KMeansModel<T>)KMeans.Fit(points, 1 + (seed % 3), new KMeansOptions { Seed = seed }).Model;
        string text = Write(model);
        using var json = JsonDocument.Parse(text);
        var back = (KMeansModel<T>)Read(text);
        return Write(back) == text
            && Same(model.Centroids.ToPrecision<T>().Values, back.Centroids.ToPrecision<T>().Values) && Same(model.ScaledCentroids.ToPrecision<T>().Values, back.ScaledCentroids.ToPrecision<T>().Values)
            && Same<double>(model.ClusterInertia, back.ClusterInertia) && Same<double>([model.Inertia], [back.Inertia])
            && model.Counts.SequenceEqual(back.Counts) && model.ColumnName.SequenceEqual(back.ColumnName) && Equals(model.Scaling, back.Scaling)
            && (model.Seed, model.Method, model.Iterations, model.Converged, model.IsEstimate, model.RequestedK) == (back.Seed, back.Method, back.Iterations, back.Converged, back.IsEstimate, back.RequestedK);
    }

    // Values of very different size, and zeros of both signs.
    private static PointSet<T> Cloud<T>(int seed, int count, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new T[count * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(random.Next(8) == 0 ? -0.0 : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13)));
        }

        return new PointSet<T>(values, dimension) { ColumnName = [.. Enumerable.Range(0, dimension).Select(j => $"c{j} \u00e9\t\"\\")] };
    }

    private static bool Same<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged => MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));

    private static KMeansModel Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ModelFile.Read(stream, TestContext.Current.CancellationToken);
    }

    private static string Write(KMeansModel model)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, model, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
