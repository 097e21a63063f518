namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The seven passes of an interlaced picture (W3C PNG, third edition 2025, 8.1).</summary>
internal static class Adam7
{
    private static ReadOnlySpan<byte> FirstColumn => [0, 4, 0, 2, 0, 1, 0];

    private static ReadOnlySpan<byte> FirstRow => [0, 0, 4, 0, 2, 0, 1];

    private static ReadOnlySpan<byte> ColumnStep => [8, 8, 4, 4, 2, 2, 1];

    private static ReadOnlySpan<byte> RowStep => [8, 8, 8, 4, 4, 2, 2];

    /// <summary>The passes that have pixels, in file order; a picture that is not interlaced is one pass.</summary>
    internal static IReadOnlyList<Adam7Pass> PassesOf(PngHeader header)
    {
        if (!header.IsInterlaced)
        {
            return [new Adam7Pass(0, 0, 1, 1, header.Width, header.Height)];
        }

        var passes = new List<Adam7Pass>(7);
        for (int i = 0; i < 7; i++)
        {
            int width = Count(header.Width, FirstColumn[i], ColumnStep[i]);
            int height = Count(header.Height, FirstRow[i], RowStep[i]);
            if (width > 0 && height > 0)
            {
                passes.Add(new Adam7Pass(FirstColumn[i], FirstRow[i], ColumnStep[i], RowStep[i], width, height));
            }
        }

        return passes;
    }

    private static int Count(int size, int first, int step) => size <= first ? 0 : (size - first - 1) / step + 1;
}
