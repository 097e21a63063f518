namespace KMeansPS.Cli.Tests;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string FullName { get; } = Directory.CreateTempSubdirectory("kmeansps-").FullName;

    internal string File(string name) => Path.Combine(FullName, name);

    internal string[] Names => [.. Directory.EnumerateFileSystemEntries(FullName, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(FullName, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
