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
        byte[] unknown = Ase();
        "HSB "u8.CopyTo(unknown.AsSpan(unknown.AsSpan().IndexOf("RGB "u8)));
        Assert.Contains("'HSB'", FaultOf(unknown), StringComparison.Ordinal);

        byte[] notANumber = Ase();
        new byte[] { 0x7F, 0xC0, 0, 0 }.CopyTo(notANumber, notANumber.AsSpan().IndexOf("RGB "u8) + 4);
        Assert.Contains("not 0 to 1", FaultOf(notANumber), StringComparison.Ordinal);

        byte[] longName = Ase();
        longName[30] = 0xFF;
        Assert.Contains("ends too early", FaultOf(longName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 255, 255, 255)]
    [InlineData(0, 0, 0, 1, 0, 0, 0)]
    [InlineData(1, 0, 0, 0, 0, 255, 255)]
    [InlineData(0.2f, 0.4f, 0.6f, 0.5f, 102, 77, 51)]
    public void Parse_SwatchInCmyk_MixesPerfectInks(float c, float m, float y, float k, byte r, byte g, byte b) =>
        Assert.Equal([new Rgba(r, g, b)], PaletteFile.Parse(Swatch("CMYK"u8, c, m, y, k)));

    // What Little CMS 2 makes of them by the relative colorimetric intent, with its own profiles of LAB and sRGB.
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(1, 0, 0, 255, 255, 255)]
    [InlineData(128 / 255f, 0, 0, 119, 119, 119)]
    [InlineData(0.6f, 40, -30, 193, 117, 199)]
    [InlineData(0.4f, -50, 30, 0, 113, 40)]
    [InlineData(77 / 255f, 60, 40, 152, 0, 13)]
    [InlineData(217 / 255f, -20, 70, 205, 222, 65)]
    [InlineData(128 / 255f, 127, -128, 215, 0, 255)]
    [InlineData(26 / 255f, 2, -3, 29, 27, 32)]
    public void Parse_SwatchInLab_IsWhatAColorManagementMakesOfIt(float l, float a, float b, byte red, byte green, byte blue)
    {
        var color = Assert.Single(PaletteFile.Parse(Swatch("LAB "u8, l, a, b)));
        Assert.InRange(color.R, red - 1, red + 1);
        Assert.InRange(color.G, green - 1, green + 1);
        Assert.InRange(color.B, blue - 1, blue + 1);
    }

    [Fact]
    public void Parse_SwatchOutOfRange_IsRefused()
    {
        Assert.Contains("50, which is not 0 to 1", FaultOf(Swatch("LAB "u8, 50, 0, 0)), StringComparison.Ordinal);
        Assert.Contains("-129, which is not -128 to 127", FaultOf(Swatch("LAB "u8, 0.5f, -129, 0)), StringComparison.Ordinal);
        Assert.Contains("NaN", FaultOf(Swatch("LAB "u8, 0.5f, 0, float.NaN)), StringComparison.Ordinal);
        Assert.Contains("not 0 to 1", FaultOf(Swatch("CMYK"u8, 0, 0, 0, 1.5f)), StringComparison.Ordinal);
        Assert.Contains("ends too early", FaultOf(Swatch("CMYK"u8, 0, 0, 0)), StringComparison.Ordinal);
        Assert.Contains("ends too early", FaultOf(Swatch("LAB "u8, 0.5f)), StringComparison.Ordinal);
    }

    private static byte[] Swatch(ReadOnlySpan<byte> model, params ReadOnlySpan<float> components)
    {
        var file = new List<byte>();
        file.AddRange("ASEF\0\u0001\0\0\0\0\0\u0001"u8);
        file.AddRange([0, 1, 0, 0, 0, (byte)(10 + (4 * components.Length)), 0, 1, 0, 0, .. model]);
        foreach (float component in components)
        {
            byte[] number = BitConverter.GetBytes(component);
            file.AddRange(number.Reverse());
        }

        return [.. file, 0, 0];
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
