namespace KMeansPS.Cli.Tests.Commands;

public sealed class ClusterCommandTests
{
    private const string TwoGroups = "name,x,y\na,0,0\nb,0,2\nc,10,10\nd,10,12\ne,10,14\n";

    [Fact]
    public async Task Cluster_PrintsTheClustersAndTheRun()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--seed", "4");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.Equal(["Cluster  Count  Inertia   x   y", "-------  -----  -------  --  --"], lines[..2]);
        Assert.Equal(["2        2   0   1", "3        8  10  12"], lines[2..4].Select(line => line[13..]).Order(StringComparer.Ordinal));
        Assert.Matches(@"^5 points of 2 dimensions in 2 clusters, seed 4: inertia 10, \d iterations, converged, [\d.]+ m?s$", lines[5]);
    }

    [Fact]
    public async Task Cluster_WithJson_PrintsOneObject()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("clusters.csv", folder);
        var result = await Cli.RunAsync(folder, "cluster", "clusters.csv", "-K", "3", "--seed", "1", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Single(result.Output.TrimEnd().Split('\n'));
        var json = result.Json;
        Assert.Equal((300, 2, 3, 1L), (json.GetProperty("points").GetInt32(), json.GetProperty("dimension").GetInt32(), json.GetProperty("k").GetInt32(), json.GetProperty("seed").GetInt64()));
        Assert.Equal("double", json.GetProperty("precision").GetString());
        Assert.Equal(["x", "y"], json.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
        var clusters = json.GetProperty("clusters").EnumerateArray().ToArray();
        Assert.Equal(300, clusters.Sum(cluster => cluster.GetProperty("count").GetInt64()));
        Assert.Equal(json.GetProperty("inertia").GetDouble(), clusters.Sum(cluster => cluster.GetProperty("inertia").GetDouble()), 9);
        Assert.True(json.GetProperty("converged").GetBoolean() && json.GetProperty("iterations").GetInt32() > 0 && json.GetProperty("seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task Cluster_WithMiniBatch_ReadsTheFileBatchByBatch()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{(i % 2 * 100) + (i / 2 % 10)},{i / 2 % 5}\n"));
        await WriteAsync(folder, "points.csv", $"x,y\n{rows}");
        string[] arguments = ["cluster", "points.csv", "-K", "2", "--seed", "1", "--json", "--mini-batch"];
        foreach (string[] more in (string[][])[[], ["--batch-size", "10000", "--passes", "3", "--out", "centroids.csv"]])
        {
            var result = await Cli.RunAsync(folder, [.. arguments, .. more]);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            var json = result.Json;
            Assert.Equal((100_000, false), (json.GetProperty("points").GetInt32(), json.GetProperty("isEstimate").GetBoolean()));
            Assert.Equal([50_000, 50_000], json.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("count").GetInt32()));
            Assert.Equal(100_000 * (8.25 + 2), json.GetProperty("inertia").GetDouble(), 1.0);
        }

        Assert.True(File.Exists(folder.File("centroids.csv")));
        Assert.True((await Cli.RunAsync(folder, [.. arguments, "--passes", "1"])).Json.GetProperty("isEstimate").GetBoolean());
        Assert.Equal(2, (await Cli.RunAsync(folder, [.. arguments, "--labels", "labels.csv"])).ExitCode);
        Assert.Equal(2, (await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--passes", "3")).ExitCode);
        var tooMany = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "100001", "--mini-batch");
        Assert.Equal((1, true), (tooMany.ExitCode, tooMany.Error.Contains("more than there are points", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cluster_WithoutASeed_TellsTheOneItDrewAndCanBeRepeated()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("clusters.csv", folder);
        var first = (await Cli.RunAsync(folder, "cluster", "clusters.csv", "-K", "7", "--method", "random", "--json")).Json;
        var again = (await Cli.RunAsync(folder, "cluster", "clusters.csv", "-K", "7", "--method", "random", "--json", "--threads", "1", "--seed", $"{first.GetProperty("seed").GetInt64()}")).Json;
        Assert.Equal(first.GetProperty("clusters").GetRawText(), again.GetProperty("clusters").GetRawText());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("npy")]
    public async Task Cluster_WritesCentroidsThatItCanStartFrom(string extension)
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("servers.csv", folder);
        string file = $"out/centroids.{extension}";
        var first = await Cli.RunAsync(folder, "cluster", "servers.csv", "-K", "4", "--seed", "1", "--tolerance", "0", "--columns", "Memory,cpu", "--out", file, "--json");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        var second = await Cli.RunAsync(folder, "cluster", "servers.csv", "--centroids", file, "--columns", "Memory", "--columns", "Cpu", "--json");
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(1, second.Json.GetProperty("iterations").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.Json.GetProperty("seed").ValueKind);
        Assert.Equal(first.Json.GetProperty("clusters").GetRawText(), second.Json.GetProperty("clusters").GetRawText());
        Assert.Equal(["out", file, "servers.csv"], folder.Names);
    }

    [Fact]
    public async Task Cluster_WritesTheLabelOfEveryPoint()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        Assert.Equal(0, (await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--seed", "1", "--labels", "labels.csv")).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--seed", "1", "--labels", "labels.npy")).ExitCode);
        string[] labels = await File.ReadAllLinesAsync(folder.File("labels.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("Cluster", labels[0]);
        Assert.True(labels[1] == labels[2] && labels[3] == labels[4] && labels[4] == labels[5] && labels[1] != labels[3]);
        byte[] npy = await File.ReadAllBytesAsync(folder.File("labels.npy"), TestContext.Current.CancellationToken);
        Assert.Equal(labels[1..], Enumerable.Range(0, 5).Select(i => $"{BitConverter.ToInt32(npy, npy.Length - 20 + (4 * i))}"));
    }

    [Fact]
    public async Task Cluster_WithBadRows_NamesThemDoesTheRestAndEndsWithOne()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups + "f,oops,1\ng,1\n" + string.Concat(Enumerable.Repeat("h,,1\n", 20)));
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(11, result.ErrorLines.Length);
        Assert.Equal("kmeansps: points.csv: Line 7, column x: 'oops' is not a finite number; the row is left out.", result.ErrorLines[0]);
        Assert.Equal("kmeansps: points.csv: Line 8: 2 fields where 3 are expected; the row is left out.", result.ErrorLines[1]);
        Assert.Equal("kmeansps: points.csv: 12 more rows are left out.", result.ErrorLines[^1]);
        Assert.Equal((5, 22), (result.Json.GetProperty("points").GetInt32(), result.Json.GetProperty("rowsLeftOut").GetInt32()));
    }

    [Fact]
    public async Task Cluster_WhereAFileIsAlready_KeepsItUnlessForced()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        await WriteAsync(folder, "labels.csv", "mine");
        string[] args = ["cluster", "points.csv", "-K", "2", "--labels", "labels.csv"];
        var kept = await Cli.RunAsync(folder, args);
        Assert.Equal((1, ""), (kept.ExitCode, kept.Output));
        Assert.Equal("kmeansps: labels.csv: The file exists already; use --force to replace it.", Assert.Single(kept.ErrorLines));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("labels.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await Cli.RunAsync(folder, [.. args, "--force"])).ExitCode);
        Assert.StartsWith("Cluster\n", await File.ReadAllTextAsync(folder.File("labels.csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["labels.csv", "points.csv"], folder.Names);
    }

    [Theory]
    [InlineData("--labels", "points.csv")]
    [InlineData("--out", "./points.csv")]
    public async Task Cluster_WithForce_StillNeverReplacesASource(string option, string file)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--force", option, file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("a source is never replaced", result.Error, StringComparison.Ordinal);
        Assert.Equal(TwoGroups, await File.ReadAllTextAsync(folder.File("points.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cluster_WithLabelsAndCentroidsInOneFile_Refuses()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "2", "--labels", "a.csv", "--out", "a.csv");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("kmeansps: a.csv: Labels and centroids would go to this one file.", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("cluster points.csv -K 6", "points.csv: 6 clusters are more than there are points: 5.")]
    [InlineData("cluster points.csv --centroids one.csv", "points.csv: The points have 2 dimensions, the centroids in one.csv have 1.")]
    [InlineData("cluster missing.csv -K 2", "missing.csv: There is no such file.")]
    [InlineData("cluster points.csv --centroids missing.npy", "missing.npy: There is no such file.")]
    [InlineData("cluster points.csv -K 2 --columns z", "points.csv: There is no column 'z'; there are 'name', 'x', 'y'.")]
    [InlineData("cluster broken.npy -K 2", "broken.npy: Broken NPY at byte 7: the file ends within its header.")]
    public async Task Cluster_WithWhatDoesNotFit_SaysWhatInOneLine(string line, string said)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", TwoGroups);
        await WriteAsync(folder, "one.csv", "1\n2\n");
        await File.WriteAllBytesAsync(folder.File("broken.npy"), [0x93, .. "NUMPY"u8, 1], TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, line.Split(' '));
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal($"kmeansps: {said}", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task Cluster_WithFewerDistinctPointsThanK_Warns()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", "x\n1\n1\n1\n2\n");
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "3", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("kmeansps: points.csv: Warning: 3 clusters were asked for, but there are only 2 distinct points.", Assert.Single(result.ErrorLines));
        Assert.Equal((2, 3), (result.Json.GetProperty("k").GetInt32(), result.Json.GetProperty("requestedK").GetInt32()));
    }

    [Fact]
    public async Task Cluster_WithReadingOptions_ReadsSo()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.txt", "1|2\n3|4\n");
        var result = await Cli.RunAsync(folder, "cluster", "points.txt", "-K", "1", "--delimiter", "|", "--precision", "single", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("single", result.Json.GetProperty("precision").GetString());
        Assert.Equal("[2,3]", result.Json.GetProperty("clusters")[0].GetProperty("centroid").GetRawText());
    }

    [Fact]
    public async Task Cluster_OfAPipe_ReadsIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file that stands for standard input.");
        using var folder = new TemporaryFolder();
        var result = await Cli.RunWithInputAsync(folder, TwoGroups, "cluster", "/dev/stdin", "-K", "2", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(10, result.Json.GetProperty("inertia").GetDouble());
    }

    [Fact]
    public async Task Cluster_WithScaleAndModel_WritesTheModelOfTheScaledRun()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("servers.csv", folder);
        string[] args = ["cluster", "servers.csv", "-K", "4", "--seed", "1", "--columns", "Cpu,Memory", "--scale", "zscore", "--effort", "best", "--algorithm", "bruteforce", "--out", "centroids.csv", "--model"];
        var result = await Cli.RunAsync(folder, [.. args, "model.json", "--json"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("zscore", result.Json.GetProperty("scale").GetString());
        using var model = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(folder.File("model.json"), TestContext.Current.CancellationToken));
        Assert.Equal("KMeansPS model", model.RootElement.GetProperty("format").GetString());
        Assert.Equal("ZScore", model.RootElement.GetProperty("scaling").GetProperty("method").GetString());
        var centroids = model.RootElement.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("centroid").EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
        Assert.Equal(centroids, result.Json.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("centroid").EnumerateArray().Select(value => value.GetDouble()).ToArray()));
        Assert.Equal(
            centroids.Select(centroid => string.Join(',', centroid.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)))),
            (await File.ReadAllLinesAsync(folder.File("centroids.csv"), TestContext.Current.CancellationToken))[1..]);

        var kept = await Cli.RunAsync(folder, args[..^3].Append("--model").Append("model.json").ToArray());
        Assert.Equal((1, "kmeansps: model.json: The file exists already; use --force to replace it."), (kept.ExitCode, Assert.Single(kept.ErrorLines)));
        Assert.Equal(1, (await Cli.RunAsync(folder, [.. args, "centroids.csv", "--force"])).ExitCode);
        var table = await Cli.RunAsync(folder, [.. args, "model.json", "--force"]);
        Assert.Contains("seed 1, scale zscore: inertia 5.4231861", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_WithWeights_CountsThem()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "points.csv", "x,w\n1,1\n5,3\n9,0\n");
        var result = await Cli.RunAsync(folder, "cluster", "points.csv", "-K", "1", "--weights", "w", "--json");
        Assert.Equal((1, "kmeansps: points.csv: Line 4, column w: the weight is 0, but must be above 0; the row is left out."), (result.ExitCode, Assert.Single(result.ErrorLines)));
        Assert.Equal("[4]", result.Json.GetProperty("clusters")[0].GetProperty("centroid").GetRawText());
    }

    [Fact]
    public async Task Cluster_OfMiniBatches_TakesScaleAndWeights()
    {
        // Two groups along x; without a scale the far wider y would part the points.
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 70_000).Select(i => $"{i % 2},{i % 7 * 1000},{1 + (i % 2)}\n"));
        await WriteAsync(folder, "points.csv", $"x,y,w\n{rows}");
        string[] arguments = ["cluster", "points.csv", "-K", "2", "--seed", "1", "--json", "--scale", "minmax", "--weights", "w"];
        var whole = await Cli.RunAsync(folder, arguments);
        var batches = await Cli.RunAsync(folder, [.. arguments, "--mini-batch"]);
        Assert.Equal((0, ""), (batches.ExitCode, batches.Error));
        Assert.Equal(whole.Json.GetProperty("inertia").GetDouble(), batches.Json.GetProperty("inertia").GetDouble(), 1.0);
        Assert.Equal([0.0, 1.0], batches.Json.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetProperty("centroid")[0].GetDouble()).Order());
    }

    private static Task WriteAsync(TemporaryFolder folder, string name, string text) =>
        File.WriteAllTextAsync(folder.File(name), text, TestContext.Current.CancellationToken);
}
