using System.Collections.Concurrent;
using System.Management.Automation;
using KMeansPS.PointFiles;

namespace KMeansPS.Commands;

/// <summary>Reads a file of points: CSV, TSV or NPY.</summary>
[Cmdlet(VerbsData.Import, "KMeansPoint", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PointSet), typeof(PointSource))]
public sealed class ImportKMeansPointCommand : FileCommand
{
    /// <summary>The names of the columns to read; by default every column of numbers.</summary>
    [Parameter]
    [Alias("Column")]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    /// <summary>The name of the column that holds the weight of each point, above 0; it is no coordinate unless -Property names it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

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

    /// <summary>
    /// Gives a stream, which is read batch by batch when it is clustered and never held as a whole: for files larger than
    /// the memory, and arrays of more than 2^31 values. Get-KMeansCluster -MiniBatch takes it.
    /// </summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>
    /// Maps an NPY file into memory instead of reading it, so that its points are used where they are: arrays of float32
    /// or float64, row after row. What cannot be mapped is read, with a warning.
    /// </summary>
    [Parameter]
    public SwitchParameter MemoryMap { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Stream && MemoryMap)
        {
            ThrowTerminatingError(ErrorRecords.StreamAndMemoryMap());
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessFile(string path)
    {
        var faults = new ConcurrentQueue<PointFileFault>();
        var options = new PointFileOptions
        {
            Column = Property,
            Weight = Weight,
            Header = Header,
            Delimiter = Delimiter,
            Precision = Precision,
            OnFault = faults.Enqueue,
        };
        if (Stream)
        {
            if (TryWatch("Opening points", path, _ => PointFile.OpenSource(path, options, StopToken), out var source))
            {
                WriteVerbose($"{path}: {source}.");
                WriteObject(source);
            }

            return;
        }

        if (MemoryMap)
        {
            string? obstacle = null;
            if (!TryWatch("Mapping points", path, _ => PointFile.TryMap(path, options, out var found, out obstacle, StopToken) ? found : null, out var mapped))
            {
                return;
            }

            if (mapped is not null)
            {
                WriteVerbose($"{path}: {mapped.Points}, mapped into memory.");
                WriteObject(mapped.Points);
                return;
            }

            WriteWarning($"{path}: the file is read and not mapped into memory, since {obstacle}.");
        }

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
