namespace KMeansPS.PointFiles;

/// <summary>Which line of the file each row that was kept comes from. Remembers only where the lines do not go on one by one.</summary>
/// <param name="unit">What a line is called at the start of a sentence.</param>
internal sealed class RowLines(string unit)
{
    private readonly List<(int Row, long Line)> _jumps = [];
    private long _expected = 1;

    /// <summary>What a line is called at the start of a sentence: <c>Line</c> or <c>Row</c>.</summary>
    internal string Unit => unit;

    /// <summary>Notes the line of the next row.</summary>
    internal void Add(int row, long line)
    {
        if (line != _expected)
        {
            _jumps.Add((row, line));
        }

        _expected = line + 1;
    }

    /// <summary>The line of a row, 0 being the first row.</summary>
    internal long LineOf(int row)
    {
        int low = 0;
        int high = _jumps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _jumps[middle].Row <= row ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? row + 1L : _jumps[low - 1].Line + (row - _jumps[low - 1].Row);
    }
}
