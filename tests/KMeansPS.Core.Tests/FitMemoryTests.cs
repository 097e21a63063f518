using System.Globalization;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>
/// A fit of n x d single values takes at most the points, and for each of them the larger of 16 bytes and half of its own,
/// beyond a constant: a process whose heap may not grow larger does it.
/// </summary>
public sealed class FitMemoryTests
{
    // The parent writes here what its child is to do: n, d, K, the effort and the restarts.
    private const string Problem = "KMEANSPS_TEST_MEMORY";

    // The runtime, the test framework, the program, and what does not depend on n.
    private const long Constant = 24_000_000;

    [Theory]
    [InlineData(4_000_000, 8, 8, KMeansEffort.Balanced, 1)]
    [InlineData(4_000_000, 8, 8, KMeansEffort.Balanced, 3)]
    [InlineData(4_000_000, 8, 12, KMeansEffort.Balanced, 1)]
    [InlineData(4_000_000, 8, 8, KMeansEffort.Best, 1)]
    [InlineData(600_000, 64, 12, KMeansEffort.Balanced, 1)]
    [InlineData(600_000, 64, 8, KMeansEffort.Fast, 1)]
    public Task Fit_TakesLittleMemoryBesideThePoints(int n, int d, int k, KMeansEffort effort, int restarts)
    {
        long limit = ((long)n * ((4 * d) + Math.Max(16, 2 * d))) + Constant;
        return ChildProcess.Pass(
            typeof(FitMemoryTests),
            nameof(Child_FitsTheProblemOfItsParent),
            ("DOTNET_GCHeapHardLimit", limit.ToString("X", CultureInfo.InvariantCulture)),
            ("DOTNET_GCgen0size", "400000"), // 4 MB: what young objects leave behind is no part of the fit
            (Problem, FormattableString.Invariant($"{n} {d} {k} {effort} {restarts}")));
    }

    [Fact(Explicit = true)]
    public void Child_FitsTheProblemOfItsParent()
    {
        string[] problem = Environment.GetEnvironmentVariable(Problem)!.Split(' ');
        int n = int.Parse(problem[0], CultureInfo.InvariantCulture);
        int d = int.Parse(problem[1], CultureInfo.InvariantCulture);
        int k = int.Parse(problem[2], CultureInfo.InvariantCulture);
        var random = new Random(1);
        var values = new float[n * d];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }

        var options = new KMeansOptions { MaxIterations = 3, Effort = Enum.Parse<KMeansEffort>(problem[3]), Restarts = int.Parse(problem[4], CultureInfo.InvariantCulture) };
        Assert.Equal(k, KMeans.Fit(new PointSet<float>(values, d), k, options).Model.K);
    }
}
