using System.Globalization;
using System.Runtime.InteropServices;

namespace KMeansPS.Cli.Tests;

public sealed partial class InterruptionTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // By then a run has read its points and begins to cluster them, on a busy machine too.
    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(1.5);

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task ASignal_DuringALongRun_EndsItAndLeavesNoFile(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process can send to another.");
        Assert.SkipWhen(signal == Interrupt && IsInterruptIgnored(), "This process ignores SIGINT, and so do those that it starts.");
        using var folder = new TemporaryFolder();
        await WriteManyPointsAsync(folder.File("points.csv"));
        using var process = Cli.Start(folder, "cluster", "points.csv", "-K", "500", "--restarts", "1000000", "--tolerance", "0", "--labels", "labels.npy", "--out", "out.csv");
        while (!process.HasExited && process.TotalProcessorTime < Begun)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited);
        Assert.Equal(0, Kill(process.Id, signal));
        var result = await Cli.FinishAsync(process);
        Assert.Equal((128 + signal, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(["points.csv"], folder.Names);
    }

    [Fact]
    public async Task ASignal_DuringManyPictures_LeavesWholeFilesOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process can send to another.");
        using var folder = new TemporaryFolder();
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"{i:000}.jpg")];
        foreach (string name in names)
        {
            Samples.Copy("rocket.jpg", folder, name);
        }

        using var process = Cli.Start(folder, ["compress", .. names, "-K", "64", "--threads", "2"]); // with more they could all be done before we look
        while (!process.HasExited && !File.Exists(folder.File("002.k64.png")))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited);
        Assert.Equal(0, Kill(process.Id, Terminate));
        Assert.Equal(128 + Terminate, (await Cli.FinishAsync(process)).ExitCode);
        Assert.All(folder.Names.Except(names), name =>
        {
            Assert.EndsWith(".k64.png", name, StringComparison.Ordinal);
            Assert.Equal("IEND"u8, File.ReadAllBytes(folder.File(name)).AsSpan()[^8..^4]);
        });
        Assert.NotEqual(2 * names.Length, folder.Names.Length);
    }

    private static async Task WriteManyPointsAsync(string path)
    {
        var random = new Random(5);
        await using var writer = new StreamWriter(path);
        for (int i = 0; i < 50_000; i++)
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{random.Next(1000)},{random.Next(1000)},{random.Next(1000)}"));
        }
    }

    // A shell without job control starts what runs in the background with SIGINT ignored, and that is inherited.
    private static bool IsInterruptIgnored()
    {
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
