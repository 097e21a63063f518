namespace KMeansPS.Cli.Tests.Commands;

public sealed class PaletteCommandTests
{
    [Fact]
    public async Task Palette_PrintsTheColorsTheMostFrequentFirst()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("a.ppm"), [.. "P6\n4 1\n255\n"u8, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 0, 0], TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "palette", "a.ppm", "-K", "2");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            Colour     R  G    B    Share  Name
            -------  ---  -  ---  -------  ----
            #FF0000  255  0    0  75.00 %  red
            #0000FF    0  0  255  25.00 %  blue

            """.ReplaceLineEndings("\n"), result.Output);
        Assert.Equal(["a.ppm"], folder.Names);
    }

    [Fact]
    public async Task Palette_WithJson_PrintsOneObject()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("horse_rgba.png", folder);
        var result = await Cli.RunAsync(folder, "palette", "horse_rgba.png", "-K", "5", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var json = result.Json;
        Assert.Equal((400, 328, 5), (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32(), json.GetProperty("k").GetInt32()));
        var colors = json.GetProperty("colors").EnumerateArray().ToArray();
        Assert.Equal(400 * 328, colors.Sum(color => color.GetProperty("pixels").GetInt32()));
        Assert.Equal(100, colors.Sum(color => color.GetProperty("percent").GetDouble()), 9);
        Assert.Equal(colors.OrderByDescending(color => color.GetProperty("pixels").GetInt32()).Select(color => color.GetProperty("hex").GetString()), colors.Select(color => color.GetProperty("hex").GetString()));
        Assert.True(json.GetProperty("converged").GetBoolean() && json.GetProperty("inertia").GetDouble() > 0 && json.GetProperty("seconds").GetDouble() >= 0);
    }

    [Theory]
    [InlineData("gpl", "GIMP Palette\nName: a\nColumns: 2\n#\n255   0   0\tred #FF0000\n  0   0 255\tblue #0000FF\n")]
    [InlineData("css", "/* a */\n:root {\n  --palette-1: #ff0000; /* 75.00 % red */\n  --palette-2: #0000ff; /* 25.00 % blue */\n}\n")]
    public async Task Palette_WithFormat_PrintsItForAnotherProgram(string format, string expected)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("a.ppm"), [.. "P6\n4 1\n255\n"u8, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 0, 0], TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "palette", "a.ppm", "-K", "2", "--format", format);
        Assert.Equal((0, "", expected), (result.ExitCode, result.Error, result.Output));
    }

    [Fact]
    public async Task Palette_WithJsonAndFormat_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("coffee.png", folder);
        var result = await Cli.RunAsync(folder, "palette", "coffee.png", "--json", "--format", "css");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("name one of them", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Palette_OfWhatIsNoPicture_FailsInOneLine()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("a.jpg"), "no picture", TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "palette", "a.jpg");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("kmeansps: a.jpg: Unsupported image", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
