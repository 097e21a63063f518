namespace KMeansPS.Tests;

/// <summary>Every <c>It</c> of the Pester suite as a test of its own, from one run of the suite against the module of this build.</summary>
public class PesterTests
{
    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Pester(string name, string? failure) => Assert.True(failure is null, $"{name}{Environment.NewLine}{failure}");

    public static async Task<IEnumerable<ITheoryDataRow>> Results()
    {
        var run = await PesterRun.Start(TestContext.Current.CancellationToken);
        return run.Results.Select(ToRow);
    }

    private static TheoryDataRow<string, string?> ToRow(PesterResult result) =>
        new(result.Name, result.Failure) { TestDisplayName = result.Name, Label = "", Skip = result.SkipReason };
}
