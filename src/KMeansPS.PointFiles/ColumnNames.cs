namespace KMeansPS.PointFiles;

/// <summary>Looks columns up by name.</summary>
internal static class ColumnNames
{
    /// <summary>The places of the wanted columns among all columns: by the very name, else without regard to case.</summary>
    internal static int[] Find(IReadOnlyList<string> all, IReadOnlyList<string> wanted)
    {
        if (all.Count == 0)
        {
            throw new PointFileException($"The file names no columns, so '{wanted[0]}' cannot be found: give the names of all its columns as a header.");
        }

        return [.. wanted.Select(name => PlaceOf(name, all))];
    }

    private static int PlaceOf(string name, IReadOnlyList<string> all)
    {
        foreach (var comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            for (int i = 0; i < all.Count; i++)
            {
                if (string.Equals(all[i], name, comparison))
                {
                    return i;
                }
            }
        }

        throw new PointFileException($"There is no column '{name}'; there are {string.Join(", ", all.Take(20).Select(known => $"'{known}'"))}{(all.Count > 20 ? ", ..." : "")}.");
    }
}
