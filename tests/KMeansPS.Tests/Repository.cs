using System.Reflection;

namespace KMeansPS.Tests;

/// <summary>Where the build that these tests belong to has its files.</summary>
internal static class Repository
{
    internal static string Folder { get; } = Metadata("RepositoryFolder");

    /// <summary>The module that the build of this configuration has laid out.</summary>
    internal static string ModuleFolder { get; } = Configuration == "Release"
        ? Path.Join(Folder, "out", "KMeansPS")
        : Path.Join(Folder, "out", Configuration, "KMeansPS");

    private static string Configuration => Metadata("Configuration");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
