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
            Colour     R  G    B    Share
            -------  ---  -  ---  -------
            #FF0000  255  0    0  75.00 %
            #0000FF    0  0  255  25.00 %

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
