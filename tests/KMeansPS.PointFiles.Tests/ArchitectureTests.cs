namespace KMeansPS.PointFiles.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void PointFiles_ReferencesCoreAndTheFrameworkAlone()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var others = typeof(PointFile).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !File.Exists(Path.Combine(framework, name + ".dll")));
        Assert.Equal(["KMeansPS.Core"], others);
    }
}
