namespace KMeansPS.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("compress")]
    [InlineData("compress -K")]
    [InlineData("compress a.jpg -K 0")]
    [InlineData("compress a.jpg -K 257")]
    [InlineData("compress a.jpg -K many")]
    [InlineData("compress a.jpg -K 16 -K 17")]
    [InlineData("compress a.jpg --threads 0")]
    [InlineData("compress a.jpg --unknown")]
    [InlineData("cluster")]
    [InlineData("cluster a.csv")]
    [InlineData("cluster a.csv -K 0")]
    [InlineData("cluster a.csv -K 3 --centroids b.csv")]
    [InlineData("cluster a.csv b.csv -K 3")]
    [InlineData("cluster a.csv -K 3 --tolerance -1")]
    [InlineData("cluster a.csv -K 3 --tolerance NaN")]
    [InlineData("cluster a.csv -K 3 --max-iterations 0")]
    [InlineData("cluster a.csv -K 3 --restarts 0")]
    [InlineData("cluster a.csv -K 3 --method guess")]
    [InlineData("cluster a.csv -K 3 --precision half")]
    [InlineData("cluster a.csv -K 3 --labels a.txt")]
    [InlineData("cluster a.csv -K 3 --out a")]
    [InlineData("cluster a.csv -K 3 --delimiter ab")]
    [InlineData("cluster --k 3")]
    [InlineData("palette")]
    [InlineData("palette --colours")]
    [InlineData("palette a.jpg b.jpg")]
    public async Task WrongUsage_IsExplainedOnStandardErrorAndEndsWithTwo(string line)
    {
        using var folder = new TemporaryFolder();
        var result = await Cli.RunAsync(folder, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.All(result.ErrorLines[..^1], text => Assert.StartsWith("kmeansps: ", text, StringComparison.Ordinal));
        Assert.Matches(@"^Try 'kmeansps( \w+)? --help'\.$", result.ErrorLines[^1]);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("--help", "compress")]
    [InlineData("compress --help", "--threads")]
    [InlineData("cluster --help", "--centroids")]
    [InlineData("palette -h", "--json")]
    public async Task Help_IsGiven(string line, string said)
    {
        using var folder = new TemporaryFolder();
        var result = await Cli.RunAsync(folder, line.Split(' '));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(said, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsThatOfTheBuild()
    {
        using var folder = new TemporaryFolder();
        var result = await Cli.RunAsync(folder, "--version");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", result.Output);
    }
}
