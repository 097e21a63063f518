using System.CommandLine;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Cli.Commands;

/// <summary>An option for colours: hex colours split by commas, or the name of a palette file.</summary>
internal static class PaletteOption
{
    internal static Option<Palette?> Create(string name, string description) => new(name)
    {
        Description = $"{description} Hex colours split by commas, or a palette file (GPL, ASE, JSON, CSS or a list of hex colours).",
        HelpName = "colours|file",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            try
            {
                return Read(text);
            }
            catch (Exception e) when (e is PaletteFileException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                result.AddError($"{name} is '{text}', which is no list of hex colours such as #000,#ff8800 and no palette file that can be read: {e.Message}");
                return null;
            }
        },
    };

    private static Palette Read(string text)
    {
        var colors = new List<Rgba>();
        foreach (string word in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!HexColor.TryParse(word, out var color))
            {
                return PaletteFile.Read(text);
            }

            colors.Add(color);
        }

        return PaletteFile.Of(colors);
    }
}
