using System.Text;

namespace KMeansPS.PointFiles.Tests;

/// <summary>Ways to read what a test has made.</summary>
internal static class Reading
{
    /// <summary>The values by which <c>Data/make.py</c> fills most of its arrays.</summary>
    internal static readonly double[] Table = [0, 1, 2, 3, 5, 7, 100, 64, 127, 11, 13, 17];

    internal static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    internal static PointSet File(string name, PointFileOptions? options = null) =>
        PointFile.Read(DataFile(name), options, TestContext.Current.CancellationToken);

    internal static PointSet Bytes(byte[] content, PointFileOptions? options = null)
    {
        using var stream = new MemoryStream(content);
        return PointFile.Read(stream, options, TestContext.Current.CancellationToken);
    }

    internal static PointSet Pipe(byte[] content, PointFileOptions? options = null)
    {
        using var stream = new PipeLikeStream(content);
        return PointFile.Read(stream, options, TestContext.Current.CancellationToken);
    }

    internal static PointSet Text(string content, PointFileOptions? options = null) => Bytes(Encoding.UTF8.GetBytes(content), options);

    /// <summary>Reads text of which some rows are bad.</summary>
    internal static (PointSet Points, List<PointFileFault> Faults) TextWithFaults(string content, PointFileOptions? options = null)
    {
        var faults = new List<PointFileFault>();
        return (Text(content, (options ?? new PointFileOptions()) with { OnFault = faults.Add }), faults);
    }

    internal static double[] Values(PointSet points) => [.. Enumerable.Range(0, points.Count).SelectMany(points.GetPoint)];
}
