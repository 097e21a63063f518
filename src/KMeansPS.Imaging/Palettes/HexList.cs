namespace KMeansPS.Imaging.Palettes;

/// <summary>A plain list of hex colours, split by line ends, commas or blanks; lines that begin with ; or // are comments.</summary>
internal static class HexList
{
    internal static List<Rgba> Read(string text)
    {
        var colors = new List<Rgba>();
        int number = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.TrimStart() is [';', ..] or ['/', '/', ..])
            {
                continue;
            }

            foreach (string word in line.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                colors.Add(HexColor.TryParse(word, out var color)
                    ? color
                    : throw new PaletteFileException($"Line {number} has '{Shortened(word)}', which is no hex colour such as #ff8800."));
            }
        }

        return colors;
    }

    private static string Shortened(string word) => word.Length <= 40 ? word : word[..40] + "...";
}
