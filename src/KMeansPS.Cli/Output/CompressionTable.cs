using KMeansPS.Imaging.Compression;

namespace KMeansPS.Cli.Output;

/// <summary>The table that <c>compress</c> prints, row by row as the pictures are done.</summary>
internal sealed class CompressionTable
{
    private readonly TextTable _table;
    private readonly bool _tellsDestination;
    private bool _hasHeader;

    /// <summary>Makes the table.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="files">All files that may get a row.</param>
    internal CompressionTable(TextWriter writer, IEnumerable<string> files)
    {
        List<TextColumn> columns =
        [
            new("File", files.Max(file => file.Length), IsNumber: false),
            new("Pixels", 9),
            new("Colours", 12),
            new("Before", 7),
            new("24 bit", 7),
            new("After", 7),
            new("Ratio"),
            new("PSNR", 8),
            new("Time", 6),
        ];
        var destination = new TextColumn("Written to", columns[0].FullWidth + ".k256.png".Length, IsNumber: false);
        _tellsDestination = Console.IsOutputRedirected || TextTable.WidthOf([.. columns, destination]) <= Console.WindowWidth;
        _table = new TextTable(writer, _tellsDestination ? [.. columns, destination] : columns);
    }

    /// <summary>Writes the row of one picture.</summary>
    /// <param name="file">The picture, as the user wrote it.</param>
    /// <param name="result">What became of it.</param>
    internal void Write(string file, CompressionResult result)
    {
        if (!_hasHeader)
        {
            _hasHeader = true;
            _table.WriteHeader();
        }

        _table.WriteRow(
        [
            file,
            $"{result.Width}x{result.Height}",
            $"{Figures.Count(result.SourceColorCount)} > {result.ColorCount}",
            Figures.Bytes(result.SourceBytes),
            Figures.Bytes(result.RawBytes),
            Figures.Bytes(result.CompressedBytes),
            Figures.Fixed(result.Ratio, 2),
            Figures.Decibels(result.Psnr),
            Figures.Seconds(result.Elapsed.TotalSeconds),
            .. _tellsDestination ? [Place(result)] : Array.Empty<string>(),
        ]);
    }

    private static string Place(CompressionResult result) => result.Status switch
    {
        CompressionStatus.LargerThanSource => "(not written: larger)",
        CompressionStatus.AlreadyCompressed => "(passed over: made here)",
        CompressionStatus.TargetMissed => "(not written: target missed)",
        _ => Path.GetRelativePath(".", result.Destination),
    };
}
