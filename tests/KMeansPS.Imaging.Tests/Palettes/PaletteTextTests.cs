using System.Text.Json;
using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Imaging.Tests.Palettes;

public class PaletteTextTests
{
    private static readonly PaletteEntry[] Entries =
    [
        Entry(new Rgba(9, 80, 255), 0.5),
        Entry(default, 0.375),
        Entry(new Rgba(255, 0, 0, 51), 0.125),
    ];

    [Fact]
    public void Of_Gpl_IsAPaletteFileOfGimp_WithoutWhatCannotBeSeen() => Assert.Equal(
        "GIMP Palette\nName: a b\nColumns: 3\n#\n  9  80 255\tname #0950FF\n255   0   0\tname #FF000033\n",
        PaletteText.Of(PaletteFormat.Gpl, "a\nb", Entries));

    [Fact]
    public void Of_Css_IsARuleOfCustomProperties() => Assert.Equal(
        "/* a* /b */\n:root {\n  --palette-1: #0950ff; /* 50.00 % name */\n  --palette-2: #00000000; /* 37.50 % name */\n  --palette-3: #ff000033; /* 12.50 % name */\n}\n",
        PaletteText.Of(PaletteFormat.Css, "a*/b", Entries));

    [Fact]
    public void Of_Json_CanBeReadBack()
    {
        string name = "\"\u00EF\n\\";
        using var json = JsonDocument.Parse(PaletteText.Of(PaletteFormat.Json, name, Entries));
        var colors = json.RootElement.GetProperty("colors");

        Assert.Equal(name, json.RootElement.GetProperty("name").GetString());
        Assert.Equal(["#0950FF", "#00000000", "#FF000033"], colors.EnumerateArray().Select(color => color.GetProperty("hex").GetString()));
        Assert.Equal([9, 80, 255, 255], new[] { "r", "g", "b", "a" }.Select(channel => (int)colors[0].GetProperty(channel).GetByte()));
        Assert.Equal(0.375, colors[1].GetProperty("share").GetDouble());
        Assert.Equal("name", colors[2].GetProperty("name").GetString());
    }

    private static PaletteEntry Entry(Rgba color, double share) => new()
    {
        Hex = color.ToString(),
        R = color.R,
        G = color.G,
        B = color.B,
        A = color.A,
        Count = (int)(share * 8),
        Share = share,
        Name = "name",
    };
}
