using System.Collections.Concurrent;
using System.Management.Automation;
using KMeansPS.PointFiles;

namespace KMeansPS.Commands;

/// <summary>Reads a file of points: CSV, TSV or NPY.</summary>
[Cmdlet(VerbsData.Import, "KMeansPoint", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PointSet))]
public sealed class ImportKMeansPointCommand : FileCommand
{
    /// <summary>The names of the columns to read; by default every column of numbers.</summary>
    [Parameter]
    [Alias("Column")]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    /// <summary>The names of all columns of a text file that has no header.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Header { get; set; } = [];

    /// <summary>What stands between the fields of a text file; by default found out from the file.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>The precision of the points in memory; by default that of an NPY file, and double for a text file.</summary>
    [Parameter]
    public PointPrecision? Precision { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessFile(string path)
    {
        var faults = new ConcurrentQueue<PointFileFault>();
        var options = new PointFileOptions
        {
            Column = Property,
            Header = Header,
            Delimiter = Delimiter,
            Precision = Precision,
            OnFault = faults.Enqueue,
        };
        bool read = TryWatch("Reading points", path, _ => PointFile.Read(path, options, StopToken), out var points);
        foreach (var fault in faults)
        {
            WriteError(ErrorRecords.PointRowBroken(path, fault));
        }

        if (read)
        {
            WriteVerbose($"{path}: {points}.");
            WriteObject(points);
        }
    }
}
