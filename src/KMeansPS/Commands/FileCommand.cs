using System.Management.Automation;
using KMeansPS.Files;

namespace KMeansPS.Commands;

/// <summary>What the cmdlets that read files share: -Path with wildcards, -LiteralPath without, both through the pipe.</summary>
public abstract class FileCommand : KMeansCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The files; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, every sign of their names as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Hears of a file before any of the same record is processed.</summary>
    /// <param name="path">Its full path.</param>
    private protected virtual void Expect(string path)
    {
    }

    /// <summary>Writes the error of a path that is no file.</summary>
    /// <param name="error">The error.</param>
    private protected virtual void Report(ErrorRecord error) => WriteError(error);

    /// <summary>Does the job of one file.</summary>
    /// <param name="path">Its full path.</param>
    private protected abstract void ProcessFile(string path);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths = new SessionPaths(this, Report);
        var files = ParameterSetName == LiteralPathSet ? LiteralPath.SelectMany(paths.Literal).ToArray() : Path.SelectMany(paths.Match).ToArray();
        Array.ForEach(files, Expect);
        foreach (string file in files)
        {
            if (Stopping)
            {
                return;
            }

            ProcessFile(file);
        }
    }
}
