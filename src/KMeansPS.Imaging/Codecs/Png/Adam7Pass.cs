namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The pixels of one pass: every so many columns of every so many rows.</summary>
/// <param name="FirstColumn">The column of the pass's first pixel.</param>
/// <param name="FirstRow">The row of the pass's first pixel.</param>
/// <param name="ColumnStep">Columns from one pixel to the next.</param>
/// <param name="RowStep">Rows from one row of the pass to the next.</param>
/// <param name="Width">Pixels in a row of the pass.</param>
/// <param name="Height">Rows of the pass.</param>
internal readonly record struct Adam7Pass(int FirstColumn, int FirstRow, int ColumnStep, int RowStep, int Width, int Height)
{
    /// <summary>Puts a row of the pass at its places in a row of the picture.</summary>
    internal void Scatter(ReadOnlySpan<Rgba> passRow, Span<Rgba> row)
    {
        for (int i = 0, x = FirstColumn; i < passRow.Length; i++, x += ColumnStep)
        {
            row[x] = passRow[i];
        }
    }
}
