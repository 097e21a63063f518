namespace KMeansPS.Imaging.Compression;

/// <summary>
/// Decides, for one run over any number of sources, where each result goes, and refuses what would lose a file: a
/// destination that is a source, that two sources share, or that is there already.
/// </summary>
public sealed class DestinationPlan
{
    private readonly string? _folder;
    private readonly string? _file;
    private readonly int _k;
    private readonly bool _replace;
    private readonly HashSet<string> _sources;
    private readonly Dictionary<string, string> _sourceOfDestination;
    private string? _root;

    /// <summary>Makes the plan of one run.</summary>
    /// <param name="place">
    /// A folder, when it exists as one, ends in a separator or does not end in <c>.png</c>; else the one file to write;
    /// null to write <c>name.kK.png</c> beside each source. A full path, or relative to the current directory.
    /// </param>
    /// <param name="k">The number of colours, for the names.</param>
    /// <param name="replace">Whether files that are there already may be replaced.</param>
    public DestinationPlan(string? place, int k, bool replace)
    {
        var comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        _sources = new HashSet<string>(comparer);
        _sourceOfDestination = new Dictionary<string, string>(comparer);
        _k = k;
        _replace = replace;
        if (place is not null)
        {
            bool isFolder = Directory.Exists(place) || Path.EndsInDirectorySeparator(place)
                || !place.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
            _folder = isFolder ? Path.GetFullPath(place) : null;
            _file = isFolder ? null : Path.GetFullPath(place);
        }
    }

    /// <summary>Whether results go to a folder, in which they may keep the tree that their sources have.</summary>
    public bool IsFolder => _folder is not null;

    /// <summary>From now on a result goes to the same folder below the destination as its source has below a root.</summary>
    /// <param name="root">The full path of a folder.</param>
    /// <exception cref="InvalidOperationException">The destination is no folder.</exception>
    public void KeepTree(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!IsFolder)
        {
            throw new InvalidOperationException("Only results that go to a folder can keep the tree of their sources: name a folder as the destination.");
        }

        _root = Path.GetFullPath(root);
    }

    /// <summary>The deepest folder that all sources have in common; null where they have none, as on two drives.</summary>
    /// <param name="sources">Full paths.</param>
    public static string? CommonFolder(IEnumerable<string> sources)
    {
        string? common = null;
        foreach (string folder in sources.Select(static source => Path.GetDirectoryName(Path.GetFullPath(source))!))
        {
            common ??= folder;
            while (common is not null && Below(common, folder) is null)
            {
                common = Path.GetDirectoryName(common);
            }

            if (common is null)
            {
                return null;
            }
        }

        return common;
    }

    /// <summary>Names a source before its turn, so that no result of one that comes first may go over it.</summary>
    /// <param name="source">The full path of a source.</param>
    public void AddSource(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        _sources.Add(RealPath.OfEntry(source));
        _sources.Add(RealPath.OfContent(source));
    }

    /// <summary>The place to which the result of a source would go, allowed or not.</summary>
    /// <param name="source">The full path of a source.</param>
    public string PlaceOf(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        source = Path.GetFullPath(source);
        return _file ?? Path.Join(_folder ?? Path.GetDirectoryName(source), _root is null ? null : FolderBelowRoot(source), $"{Path.GetFileNameWithoutExtension(source)}.k{_k}.png");
    }

    /// <summary>Whether a source is a file to which a result of this run goes.</summary>
    /// <param name="source">The full path of a source.</param>
    public bool IsResult(string source) => _sourceOfDestination.ContainsKey(RealPath.OfContent(source));

    /// <summary>Where the result of a source goes. Nothing is written or made yet.</summary>
    /// <param name="source">The full path of a source.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="DestinationException">The result may not go where it would have to.</exception>
    public string For(string source)
    {
        AddSource(source);
        source = Path.GetFullPath(source);
        if (_root is not null && FolderBelowRoot(source) is null)
        {
            throw new DestinationException(DestinationFault.OutsideRoot, source,
                $"'{source}' does not lie below '{_root}', to which results are relative: name a folder that holds all sources.");
        }

        string destination = PlaceOf(source);
        string entry = RealPath.OfEntry(destination);
        if (IsResult(source))
        {
            throw new DestinationException(DestinationFault.IsResult, source,
                $"'{source}' was written by this run and is not compressed again.");
        }

        if (_sources.Contains(entry))
        {
            throw new DestinationException(DestinationFault.IsSource, destination,
                $"'{destination}' is itself a source, and a source is never overwritten: choose another destination.");
        }

        if (_sourceOfDestination.TryGetValue(entry, out var other))
        {
            throw new DestinationException(DestinationFault.Shared, destination,
                $"'{source}' and '{other}' would both go to '{destination}': give a folder as the destination, -RelativeTo (--relative-to) to keep the tree of the sources, or sources of different names.");
        }

        if (Directory.Exists(destination))
        {
            throw new DestinationException(DestinationFault.IsFolder, destination,
                $"'{destination}' is a folder: name another file.");
        }

        if (!_replace && File.Exists(destination))
        {
            throw new DestinationException(DestinationFault.Exists, destination,
                $"'{destination}' exists already: use -Force (--force in the command line tool) to replace it.");
        }

        _sourceOfDestination.Add(entry, source);
        return destination;
    }

    // By the names as they are, or else with all links followed: either may be what the caller sees as below.
    private string? FolderBelowRoot(string source) =>
        Below(_root!, Path.GetDirectoryName(source)!) ?? Below(RealPath.OfContent(_root!), Path.GetDirectoryName(RealPath.OfEntry(source))!);

    // The way from a folder down to another, empty where they are one; null where it does not lead down.
    private static string? Below(string root, string folder)
    {
        string way = Path.GetRelativePath(root, folder);
        return way switch
        {
            "." => "",
            ".." => null,
            _ when way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(way) => null,
            _ => way,
        };
    }
}
