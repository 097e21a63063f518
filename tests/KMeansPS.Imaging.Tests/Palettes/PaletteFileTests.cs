using System.Text;
using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Imaging.Tests.Palettes;

public sealed class PaletteFileTests
{
    private static readonly Rgba Red = new(255, 0, 0);
    private static readonly Rgba Sky = new(9, 80, 255);

    // Two RGB swatches and a grey one in a group, as the description of the format has them, made by hand.
    private static byte[] Ase()
    {
        var file = new List<byte>();
        file.AddRange("ASEF\0\u0001\0\0\0\0\0\u0005"u8);
        file.AddRange([0xC0, 0x01, 0, 0, 0, 6, 0, 2, 0, (byte)'g', 0, 0]);
        file.AddRange([0, 1, 0, 0, 0, 24, 0, 2, 0, (byte)'r', 0, 0, .. "RGB "u8, 0x3F, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        file.AddRange([0, 1, 0, 0, 0, 22, 0, 1, 0, 0, .. "RGB "u8, 0, 0, 0, 0, 0x3F, 0, 0, 0, 0x3F, 0x80, 0, 0, 0, 0]);
        file.AddRange([0, 1, 0, 0, 0, 14, 0, 1, 0, 0, .. "Gray"u8, 0x3F, 0, 0, 0, 0, 2]);
        file.AddRange([0xC0, 0x02, 0, 0, 0, 0]);
        return [.. file];
    }

    private static Palette Parse(string text) => PaletteFile.Parse(Encoding.UTF8.GetBytes(text));

    private static string FaultOf(byte[] content) => Assert.Throws<PaletteFileException>(() => PaletteFile.Parse(content)).Message;

    [Fact]
    public void Parse_SwatchesOfAdobe_ReadsRgbAndGrey() =>
        Assert.Equal([Red, new Rgba(0, 128, 255), new Rgba(128, 128, 128)], PaletteFile.Parse(Ase()));

    [Fact]
    public void Parse_SwatchesCutAnywhere_IsRefused()
    {
        byte[] whole = Ase();
        for (int length = 4; length < whole.Length; length++)
        {
            Assert.Contains("ends too early", FaultOf(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_SwatchesThatLie_IsRefused()
    {
        byte[] lab = Ase();
        "LAB "u8.CopyTo(lab.AsSpan(lab.AsSpan().IndexOf("RGB "u8)));
        Assert.Contains("LAB", FaultOf(lab), StringComparison.Ordinal);

        byte[] notANumber = Ase();
        new byte[] { 0x7F, 0xC0, 0, 0 }.CopyTo(notANumber, notANumber.AsSpan().IndexOf("RGB "u8) + 4);
        Assert.Contains("not 0 to 1", FaultOf(notANumber), StringComparison.Ordinal);

        byte[] longName = Ase();
        longName[30] = 0xFF;
        Assert.Contains("ends too early", FaultOf(longName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaletteFormat.Css)]
    [InlineData(PaletteFormat.Json)]
    [InlineData(PaletteFormat.Gpl)]
    public void Parse_WhatPaletteTextWrites_ReadsTheColorsBack(PaletteFormat format)
    {
        PaletteEntry[] entries = [.. new[] { Sky, Red, new Rgba(0, 0, 0) }.Select(color => new PaletteEntry
        {
            Hex = color.ToString(),
            R = color.R,
            G = color.G,
            B = color.B,
            A = color.A,
            Count = 1,
            Share = 0.3,
            Name = "a name",
        })];
        Assert.Equal([Sky, Red, new Rgba(0, 0, 0)], Parse(PaletteText.Of(format, "#f00 --x: #fff", entries)));
    }

    [Theory]
    [InlineData("#ff0000\n0950ff\r\n")]
    [InlineData("\uFEFF; a comment\nf00, #0950FF")]
    [InlineData("[\"#f00\", \"0950ff\"]")]
    [InlineData("GIMP Palette\nName: x\n# c\n255 0 0\n 9\t80 255 sky 7\n")]
    [InlineData("GIMP Palette\r\nChannels: RGBA\r\n255 0 0 255 red\r\n9 80 255 255\r\n")]
    public void Parse_TextsOfOthers_ReadsThem(string text) => Assert.Equal([Red, Sky], Parse(text));

    [Theory]
    [InlineData("", "no colours")]
    [InlineData("; nothing\n", "no colours")]
    [InlineData("GIMP Palette\n", "no colours")]
    [InlineData("[]", "no colours")]
    [InlineData("#f00\n#xyz", "Line 2 has '#xyz'")]
    [InlineData("GIMP Palette\n1 2\n", "Line 2")]
    [InlineData("GIMP Palette\n1 2 256\n", "Line 2")]
    [InlineData("{\"colors\": [1]}", "has 1 where")]
    [InlineData("{\"a\": 1}", "neither")]
    [InlineData("[\"#f00\"", "damaged")]
    [InlineData("--x: #12345;", "no property")]
    public void Parse_WhatHoldsNoPalette_SaysWhereAndWhy(string text, string expected) =>
        Assert.Contains(expected, FaultOf(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Parse_MoreThan256Colors_IsRefused()
    {
        Assert.Equal(256, Parse(string.Join('\n', Enumerable.Repeat("#123", 256))).Count);
        Assert.Contains("257", FaultOf(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("#123", 257)))), StringComparison.Ordinal);
    }
}
