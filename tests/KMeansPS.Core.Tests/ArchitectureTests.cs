namespace KMeansPS.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Core_ReferencesTheFrameworkAlone()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var others = typeof(KMeans).Assembly.GetReferencedAssemblies().Where(reference => !File.Exists(Path.Combine(framework, reference.Name + ".dll")));
        Assert.Empty(others);
    }
}
