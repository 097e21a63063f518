using System.Management.Automation;
using KMeansPS.Commands;

namespace KMeansPS.Files;

/// <summary>
/// Turns paths as a person types them into full paths of files, through the resolver of the session: relative to its
/// location, with its drives, and with wildcards. What is no file is one error each.
/// </summary>
/// <param name="command">The cmdlet that was called.</param>
/// <param name="report">Told of each error.</param>
internal sealed class SessionPaths(PSCmdlet command, Action<ErrorRecord> report)
{
    /// <summary>The files that a path with wildcards stands for.</summary>
    internal string[] Match(string path) => WildcardPattern.ContainsWildcardCharacters(path) ? Resolve(path, ResolveWildcards) : Literal(path);

    /// <summary>The one file of a path in which no sign is a wildcard; nothing where there is no such file.</summary>
    internal string[] Literal(string path) => Resolve(path, ResolveFile);

    /// <summary>The full path of a file or folder that need not be there; null where it cannot be one of the file system.</summary>
    internal string? Destination(string path) => Resolve(path, ResolvePlace).FirstOrDefault();

    private string[] Resolve(string path, Func<string, Resolution> resolve)
    {
        Resolution resolution;
        try
        {
            resolution = resolve(path);
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException or NotSupportedException or InvalidOperationException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            resolution = new Resolution([], ErrorRecords.OfPath(e, path));
        }

        if (resolution.Error is not null)
        {
            report(resolution.Error);
        }

        return resolution.Files;
    }

    private Resolution ResolveWildcards(string path)
    {
        var found = command.GetResolvedProviderPathFromPSPath(path, out var provider);
        if (!IsFileSystem(provider))
        {
            return new Resolution([], ErrorRecords.ProviderNotFileSystem(path, provider.Name));
        }

        var files = found.Where(File.Exists).ToArray();
        return new Resolution(files, files.Length > 0 ? null : ErrorRecords.PathMatchesNothing(path));
    }

    private Resolution ResolveFile(string path)
    {
        var place = ResolvePlace(path);
        return place.Files switch
        {
            [var file] when File.Exists(file) => place,
            [var folder] when Directory.Exists(folder) => new Resolution([], ErrorRecords.PathIsFolder(path)),
            [_] => new Resolution([], ErrorRecords.PathNotFound(path)),
            _ => place,
        };
    }

    private Resolution ResolvePlace(string path)
    {
        string full = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (!IsFileSystem(provider))
        {
            return new Resolution([], ErrorRecords.ProviderNotFileSystem(path, provider.Name));
        }

        bool cut = Path.EndsInDirectorySeparator(path) && !Path.EndsInDirectorySeparator(full);
        return new Resolution([cut ? full + Path.DirectorySeparatorChar : full], null);
    }

    private static bool IsFileSystem(ProviderInfo provider) => provider.Name == "FileSystem";

    private sealed record Resolution(string[] Files, ErrorRecord? Error);
}
