using System.Management.Automation;
using KMeansPS.PointFiles;

namespace KMeansPS.Commands;

/// <summary>Reads a model that Export-KMeansModel wrote.</summary>
[Cmdlet(VerbsData.Import, "KMeansModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KMeansModel))]
public sealed class ImportKMeansModelCommand : FileCommand
{
    /// <inheritdoc/>
    private protected override void ProcessFile(string path)
    {
        if (TryWatch("Reading a model", path, _ => ModelFile.Read(path, StopToken), out var model))
        {
            WriteVerbose($"{path}: {model}.");
            WriteObject(model);
        }
    }
}
