using System.Buffers.Binary;

namespace KMeansPS.Cli.Tests.Commands;

public sealed class CompressCommandTests
{
    [Fact]
    public async Task Compress_APhotograph_WritesAnIndexedPngBesideItAndPrintsATable()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("rocket.jpg", folder);
        var result = await Cli.RunAsync(folder, "compress", "rocket.jpg", "-K", "16");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["rocket.jpg", "rocket.k16.png"], folder.Names);

        byte[] png = await File.ReadAllBytesAsync(folder.File("rocket.k16.png"), TestContext.Current.CancellationToken);
        Assert.Equal("PNG\r\n\x1a\n"u8, png.AsSpan(1, 7));
        Assert.Equal((640, 427), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal((4, 3), (png[24], png[25]));

        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(["File", "Pixels", "Colours", "Before", "24", "bit", "After", "Ratio", "PSNR", "Time", "Written", "to"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^rocket\.jpg +640x427 +[\d,]+ > 16 +110 KB +801 KB +[\d.]+ KB +\d\.\d\d +\d\d\.\d\d dB +[\d.]+ m?s +rocket\.k16\.png$", lines[2]);
    }

    [Fact]
    public async Task Compress_WithJson_PrintsOneObject()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "ä.ppm");
        var result = await Cli.RunAsync(folder, "compress", "ä.ppm", "missing.png", "-k", "4", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Output.TrimEnd().Split('\n'));
        var picture = Assert.Single(result.Json.GetProperty("results").EnumerateArray());
        Assert.Equal(folder.File("ä.ppm"), picture.GetProperty("source").GetString());
        Assert.Equal(folder.File("ä.k4.png"), picture.GetProperty("destination").GetString());
        Assert.Equal("Compressed", picture.GetProperty("status").GetString());
        Assert.Equal((16, 16), (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32()));
        Assert.Equal((256, 4), (picture.GetProperty("sourceColorCount").GetInt32(), picture.GetProperty("colorCount").GetInt32()));
        Assert.Equal((781, 768), (picture.GetProperty("sourceBytes").GetInt32(), picture.GetProperty("rawBytes").GetInt32()));
        Assert.Equal(new FileInfo(folder.File("ä.k4.png")).Length, picture.GetProperty("compressedBytes").GetInt64());
        Assert.Equal(4, picture.GetProperty("palette").GetArrayLength());
        Assert.True(picture.GetProperty("inertia").GetDouble() > 0 && picture.GetProperty("converged").GetBoolean() && picture.GetProperty("iterations").GetInt32() > 0);
        Assert.InRange(picture.GetProperty("fitSeconds").GetDouble(), 0, picture.GetProperty("seconds").GetDouble());
        var error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(("missing.png", "There is no such file."), (error.GetProperty("file").GetString(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Compress_AtHigherLevels_WritesFewerBytes()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("coffee.png", folder);
        long before = long.MaxValue;
        foreach (string level in (string[])["no-compression", "fastest", "optimal", "smallest-size"])
        {
            var result = await Cli.RunAsync(folder, "compress", "coffee.png", "--compression-level", level, "--force");
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            long length = new FileInfo(folder.File("coffee.k16.png")).Length;
            Assert.True(length < before, $"{length} bytes at {level}");
            before = length;
        }
    }

    [Fact]
    public async Task Compress_KeepsMetadataOnlyWhereItIsAskedTo()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("rocket.jpg", folder);
        byte[] jpeg = await File.ReadAllBytesAsync(folder.File("rocket.jpg"), TestContext.Current.CancellationToken);
        byte[] comment = [0xFF, 0xFE, 0, 9, .. "Liftoff"u8];
        await File.WriteAllBytesAsync(folder.File("said.jpg"), [.. jpeg[..2], .. comment, .. jpeg[2..]], TestContext.Current.CancellationToken);
        foreach (bool isKept in (bool[])[false, true])
        {
            string[] option = isKept ? ["--keep-metadata"] : [];
            var result = await Cli.RunAsync(folder, ["compress", "said.jpg", "--force", .. option]);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            byte[] png = await File.ReadAllBytesAsync(folder.File("said.k16.png"), TestContext.Current.CancellationToken);
            Assert.Equal(isKept, png.AsSpan().IndexOf("tEXtComment\0Liftoff"u8) > 0);
        }
    }

    [Fact]
    public async Task Compress_InAnotherSpaceAndDithered_GivesAnotherPicture()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        string[][] ways = [[], ["--color-space", "oklab"], ["--dithering", "floyd-steinberg"], ["--dithering", "bluenoise", "--dithering-strength", "0.5"]];
        var pictures = new HashSet<string>();
        foreach (string[] way in ways)
        {
            var result = await Cli.RunAsync(folder, ["compress", "a.ppm", "-K", "4", "--force", .. way]);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            pictures.Add(Convert.ToBase64String(await File.ReadAllBytesAsync(folder.File("a.k4.png"), TestContext.Current.CancellationToken)));
        }

        Assert.Equal(ways.Length, pictures.Count);
    }

    [Theory]
    [InlineData("--color-space", "hsv", "rgb or linearrgb or oklab or lab")]
    [InlineData("--compression-level", "best", "optimal or fastest or nocompression or smallestsize")]
    [InlineData("--dithering", "some", "none or floydsteinberg or sierra or bluenoise or bayer")]
    [InlineData("--dithering-strength", "2", "0 to 1")]
    public async Task Compress_WithAWordThatIsNone_SaysWhichThereAre(string option, string word, string allowed)
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", option, word);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{option} is '{word}', but must be {allowed}.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compress_APictureOfFewColors_IsLosslessAndJsonHasNoInfinity()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", "-K", "256", "--allow-larger", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var picture = Assert.Single(result.Json.GetProperty("results").EnumerateArray());
        Assert.Equal("Lossless", picture.GetProperty("status").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, picture.GetProperty("psnr").ValueKind);
    }

    [Fact]
    public async Task Compress_WithABrokenPictureAmongOthers_DoesTheOthers()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        Samples.WritePicture(folder, "z.ppm");
        Samples.Copy("rocket.jpg", folder);
        await File.WriteAllBytesAsync(folder.File("broken.jpg"), (await File.ReadAllBytesAsync(folder.File("rocket.jpg"), TestContext.Current.CancellationToken))[..5000], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("text.png"), "no picture", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("empty.png"), "", TestContext.Current.CancellationToken);
        File.Delete(folder.File("rocket.jpg"));
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", "broken.jpg", "text.png", "empty.png", "missing.jpg", ".", "z.ppm", "-K", "4");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["a.k4.png", "a.ppm", "broken.jpg", "empty.png", "text.png", "z.k4.png", "z.ppm"], folder.Names);
        Assert.Collection(
            result.ErrorLines,
            line => Assert.StartsWith("kmeansps: broken.jpg: Broken JPEG at byte ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("kmeansps: text.png: Unsupported image at byte 0: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("kmeansps: empty.png: Broken image at byte 0: ", line, StringComparison.Ordinal),
            line => Assert.Equal("kmeansps: missing.jpg: There is no such file.", line),
            line => Assert.StartsWith("kmeansps: .: This is a folder", line, StringComparison.Ordinal));
        Assert.Equal(4, result.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Compress_WhereAResultIsAlready_KeepsItUnlessForced()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        await File.WriteAllTextAsync(folder.File("a.k16.png"), "mine", TestContext.Current.CancellationToken);
        var kept = await Cli.RunAsync(folder, "compress", "a.ppm");
        Assert.Equal(1, kept.ExitCode);
        Assert.Contains("exists already", kept.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("a.k16.png"), TestContext.Current.CancellationToken));

        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "a.ppm", "--force")).ExitCode);
        Assert.Equal(0x89, (await File.ReadAllBytesAsync(folder.File("a.k16.png"), TestContext.Current.CancellationToken))[0]);
        Assert.Equal(["a.k16.png", "a.ppm"], folder.Names);
    }

    [Fact]
    public async Task Compress_WithForce_StillNeverReplacesASource()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        Samples.WritePicture(folder, "a.k16.png");
        byte[] source = await File.ReadAllBytesAsync(folder.File("a.k16.png"), TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", "a.k16.png", "--force");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is itself a source", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(source, await File.ReadAllBytesAsync(folder.File("a.k16.png"), TestContext.Current.CancellationToken));
        Assert.Equal(["a.k16.k16.png", "a.k16.png", "a.ppm"], folder.Names);
    }

    [Fact]
    public async Task Compress_WithAnOutput_WritesThere()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        Samples.WritePicture(folder, "b.ppm");
        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "a.ppm", "b.ppm", "-K", "2", "-o", "new/small")).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "a.ppm", "-K", "2", "--output", "one.png")).ExitCode);
        var shared = await Cli.RunAsync(folder, "compress", "a.ppm", "b.ppm", "-K", "2", "--output", "two.png", "--force");
        Assert.Equal(1, shared.ExitCode);
        Assert.Contains("both go to", Assert.Single(shared.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["a.ppm", "b.ppm", "new", "new/small", "new/small/a.k2.png", "new/small/b.k2.png", "one.png", "two.png"], folder.Names);
    }

    [Theory]
    [InlineData("[1].ppm")]
    [InlineData("two words.ppm")]
    [InlineData("größe 名.ppm")]
    [InlineData("@file.ppm")]
    [InlineData("-K.ppm")]
    [InlineData("{x}.ppm")]
    [InlineData("no extension")]
    public async Task Compress_FilesOfOddNames_TakesTheNamesAsTheyAre(string name)
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, name);
        var result = await Cli.RunAsync(folder, "compress", "-K", "2", "--", name);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(Path.GetFileNameWithoutExtension(name) + ".k2.png", folder.Names);
    }

    [Fact]
    public async Task Compress_WithWildcards_ExpandsThemWhereTheShellDidNot()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        foreach (string name in (string[])["in/b1.ppm", "in/a1.ppm", "in/a22.ppm", "in/.a9.ppm"])
        {
            Samples.WritePicture(folder, name);
        }

        var result = await Cli.RunAsync(folder, "compress", "in/?1.ppm", "in/a2*.ppm", "in/x*.ppm", "-K", "2", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("kmeansps: in/x*.ppm: No file matches.", Assert.Single(result.ErrorLines));
        Assert.Equal(
            ["a1.k2.png", "b1.k2.png", "a22.k2.png"],
            result.Json.GetProperty("results").EnumerateArray().Select(picture => Path.GetFileName(picture.GetProperty("destination").GetString()!)));
    }

    [Fact]
    public async Task Compress_OnAnyNumberOfThreads_WritesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("rocket.jpg", folder);
        foreach (string threads in (string[])["1", "2", "5"])
        {
            Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "rocket.jpg", "-K8", "--seed", "3", "--threads", threads, "-o", $"{threads}.png")).ExitCode);
        }

        byte[] one = await File.ReadAllBytesAsync(folder.File("1.png"), TestContext.Current.CancellationToken);
        Assert.Equal(one, await File.ReadAllBytesAsync(folder.File("2.png"), TestContext.Current.CancellationToken));
        Assert.Equal(one, await File.ReadAllBytesAsync(folder.File("5.png"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("#000,FF8800,fff")]
    [InlineData("colors.txt")]
    public async Task Compress_ToAPalette_HasItsColors(string palette)
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        await File.WriteAllTextAsync(folder.File("colors.txt"), "#000\n#ff8800\n#fff\n", TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", "--palette", palette, "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var picture = Assert.Single(result.Json.GetProperty("results").EnumerateArray());
        Assert.Equal(["#000000", "#FF8800", "#FFFFFF"], picture.GetProperty("palette").EnumerateArray().Select(color => color.GetString()));
        Assert.Contains("a.k3.png", folder.Names);
    }

    [Theory]
    [InlineData("--palette", "#000,#xyz")]
    [InlineData("--palette", "none.gpl")]
    [InlineData("--palette", "a.ppm")]
    [InlineData("--palette", ",")]
    [InlineData("--fixed-color", "red")]
    [InlineData("--target-psnr", "NaN")]
    [InlineData("--target-psnr", "0")]
    [InlineData("--max-bytes", "0")]
    [InlineData("--effort", "some")]
    [InlineData("--palette", "#000", "-K", "4")]
    [InlineData("--palette", "#000", "--shared-palette")]
    [InlineData("--palette", "#000", "--max-bytes", "100")]
    [InlineData("--palette", "#000", "--fixed-color", "#fff")]
    [InlineData("--palette", "#000", "--keep-rare-color")]
    [InlineData("--shared-palette", "--target-psnr", "30")]
    [InlineData("--fixed-color", "#000,#fff", "-K", "1")]
    [InlineData("--relative-to", ".")]
    public async Task Compress_WithOptionsThatMakeNoSense_IsWrongUsage(params string[] options)
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        var result = await Cli.RunAsync(folder, ["compress", "a.ppm", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(options[0], result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(["a.ppm"], folder.Names);
    }

    [Fact]
    public async Task Compress_WithASharedPalette_GivesItToAllThatCanBeRead()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        Samples.Copy("rocket.jpg", folder);
        await File.WriteAllTextAsync(folder.File("text.png"), "no picture", TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync(folder, "compress", "a.ppm", "text.png", "rocket.jpg", "-K", "12", "--shared-palette", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("kmeansps: text.png: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        string[] palettes = [.. result.Json.GetProperty("results").EnumerateArray().Select(picture => picture.GetProperty("palette").ToString())];
        Assert.Equal(2, palettes.Length);
        Assert.Single(palettes.Distinct());
    }

    [Fact]
    public async Task Compress_ToTargets_MeetsThemOrSaysThatItCannot()
    {
        using var folder = new TemporaryFolder();
        Samples.Copy("rocket.jpg", folder);
        var met = await Cli.RunAsync(folder, "compress", "rocket.jpg", "--max-bytes", "30000", "--json");
        Assert.Equal((0, ""), (met.ExitCode, met.Error));
        Assert.InRange(new FileInfo(folder.File("rocket.k256.png")).Length, 1, 30000);

        var missed = await Cli.RunAsync(folder, "compress", "rocket.jpg", "--target-psnr", "1000", "--max-bytes", "100", "--json", "-o", "new/");
        Assert.Equal(3, missed.ExitCode);
        Assert.StartsWith("kmeansps: rocket.jpg: Warning: Nothing was written: ", Assert.Single(missed.ErrorLines), StringComparison.Ordinal);
        var picture = Assert.Single(missed.Json.GetProperty("results").EnumerateArray());
        Assert.Equal(("TargetMissed", false), (picture.GetProperty("status").GetString(), picture.GetProperty("isWritten").GetBoolean()));
        Assert.Equal(["rocket.jpg", "rocket.k256.png"], folder.Names);
    }

    [Fact]
    public async Task Compress_WhatGainsNothing_IsNotWrittenAndIsNoFailure()
    {
        using var folder = new TemporaryFolder();
        Samples.WritePicture(folder, "a.ppm");
        var larger = await Cli.RunAsync(folder, "compress", "a.ppm", "-K", "256");
        Assert.Equal(0, larger.ExitCode);
        Assert.Contains("--allow-larger", Assert.Single(larger.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("(not written: larger)", larger.Output, StringComparison.Ordinal);
        Assert.Equal(["a.ppm"], folder.Names);

        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "a.ppm", "-K", "4")).ExitCode);
        var again = await Cli.RunAsync(folder, "compress", "a.k4.png", "-K", "2", "--force");
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Contains("(passed over: made here)", again.Output, StringComparison.Ordinal);
        Assert.Equal(["a.k4.png", "a.ppm"], folder.Names);
        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "a.k4.png", "-K", "2", "--recompress")).ExitCode);
        Assert.Contains("a.k4.k2.png", folder.Names);
    }

    [Fact]
    public async Task Compress_OfATree_KeepsIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in/b"));
        Samples.WritePicture(folder, "in/a.ppm");
        Samples.WritePicture(folder, "in/b/a.ppm");
        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "in/a.ppm", "in/b/a.ppm", "-K", "2", "-o", "out")).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(folder, "compress", "in/b/a.ppm", "-K", "2", "-o", "new", "--relative-to", ".")).ExitCode);
        Assert.Equal(["out/a.k2.png", "out/b/a.k2.png"], folder.Names.Where(name => name.StartsWith("out/", StringComparison.Ordinal) && name.EndsWith(".png", StringComparison.Ordinal)));
        Assert.Contains("new/in/b/a.k2.png", folder.Names);

        var outside = await Cli.RunAsync(folder, "compress", "in/a.ppm", "-K", "2", "-o", "out", "--relative-to", "in/b");
        Assert.Equal(1, outside.ExitCode);
        Assert.Contains("does not lie below", Assert.Single(outside.ErrorLines), StringComparison.Ordinal);
    }
}
