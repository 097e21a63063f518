using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KMeansPS.Tests;

/// <summary>Arrows run one way: each assembly refers to the ones that the design allows, and to the framework.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData("KMeansPS.Core")]
    [InlineData("KMeansPS.PointFiles", "KMeansPS.Core")]
    [InlineData("KMeansPS.Imaging", "KMeansPS.Core")]
    [InlineData("KMeansPS", "KMeansPS.Imaging", "KMeansPS.PointFiles", "KMeansPS.Core", "System.Management.Automation")]
    public void Assembly_OfTheModule_RefersToAllowedOnesOnly(string name, params string[] allowed) =>
        Assert.Empty(ForeignReferences(Path.Join(Repository.ModuleFolder, name + ".dll")).Except(allowed));

    [Fact]
    public void CommandLineTool_RefersToAllowedOnesOnly()
    {
        var builds = Directory.Exists(CliOutput)
            ? Directory.EnumerateFiles(CliOutput, "kmeansps.dll", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(CliOutput, "KMeansPS.Cli.dll", SearchOption.AllDirectories)).ToArray()
            : [];
        Assert.SkipWhen(builds.Length == 0, "The command line tool has not been built.");
        Assert.All(builds, build => Assert.Empty(ForeignReferences(build)
            .Except(["KMeansPS.Imaging", "KMeansPS.PointFiles", "KMeansPS.Core", "System.CommandLine"])));
    }

    private static string CliOutput => Path.Join(Repository.Folder, "src", "KMeansPS.Cli", "bin");

    private static IEnumerable<string> ForeignReferences(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => !IsOfFramework(name))];
    }

    private static bool IsOfFramework(string name) =>
        name is "mscorlib" or "netstandard" || (name.StartsWith("System", StringComparison.Ordinal)
            && File.Exists(Path.Join(Path.GetDirectoryName(typeof(object).Assembly.Location), name + ".dll")));
}
