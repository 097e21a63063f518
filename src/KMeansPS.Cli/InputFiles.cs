namespace KMeansPS.Cli;

/// <summary>The files that arguments name. Wildcards are expanded where the shell has left them, as on Windows.</summary>
internal static class InputFiles
{
    /// <summary>The files, each as the user would write it, in the order of the arguments and by name within a pattern.</summary>
    /// <param name="arguments">File names or patterns with <c>*</c> and <c>?</c> in their last part.</param>
    internal static IEnumerable<string> Expand(IEnumerable<string> arguments) => arguments.SelectMany(Expand);

    private static IEnumerable<string> Expand(string argument)
    {
        string pattern = Path.GetFileName(argument);
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0 || Path.Exists(argument))
        {
            return [argument];
        }

        string? folder = Path.GetDirectoryName(argument);
        if (!Directory.Exists(string.IsNullOrEmpty(folder) ? "." : folder))
        {
            return [argument];
        }

        var options = new EnumerationOptions { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.System };
        string[] found = [.. Directory.EnumerateFiles(string.IsNullOrEmpty(folder) ? "." : folder, pattern, options)
            .Select(path => Path.GetFileName(path))
            .Where(name => pattern[0] == '.' || name[0] != '.')
            .Order(StringComparer.Ordinal)
            .Select(name => Path.Join(folder, name))];
        return found.Length > 0 ? found : [argument];
    }
}
