namespace KMeansPS.Imaging.Compression;

/// <summary>Paths without symbolic links, so that two names of one file are seen to be one.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40; // as many as Linux follows

    /// <summary>The entry of a folder that a path names: links on the way are followed, the last name is not. This is what a rename replaces.</summary>
    internal static string OfEntry(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(path) is { } folder ? Path.Join(OfContent(folder), Path.GetFileName(path)) : path;
    }

    /// <summary>The file or folder that a path leads to: every link is followed, as far as there is something there.</summary>
    internal static string OfContent(string path)
    {
        string entry = OfEntry(path);
        for (int links = 0; links < MaxLinks && TargetOf(entry) is { } target; links++)
        {
            entry = OfEntry(Path.Combine(Path.GetDirectoryName(entry)!, target));
        }

        return entry;
    }

    private static string? TargetOf(string entry)
    {
        try
        {
            return new FileInfo(entry).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // whoever opens it will be told why
        }
    }
}
