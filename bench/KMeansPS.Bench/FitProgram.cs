using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KMeansPS.PointFiles;

namespace KMeansPS.Bench;

/// <summary>
/// Times whole fits, one untimed run first: fit DATA.npy INIT.npy MAXITER THREADS REPS OUT.csv [--algorithm A]
/// [--precision single|double]. Writes the final centroids and prints one line of JSON.
/// </summary>
internal static class FitProgram
{
    private const string Usage = "fit DATA.npy INIT.npy MAXITER THREADS REPS OUT.csv [--algorithm A] [--precision single|double]";

    internal static int Run(string[] args)
    {
        if (args.Length < 6)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var precision = Enum.Parse<PointPrecision>(Option(args, "--precision") ?? "single", ignoreCase: true);
        var points = PointFile.Read(args[0], new PointFileOptions { Precision = precision });
        var initial = PointFile.Read(args[1], new PointFileOptions { Precision = precision });
        var options = new KMeansOptions
        {
            MaxIterations = int.Parse(args[2], CultureInfo.InvariantCulture),
            Tolerance = 0,
            Algorithm = Enum.Parse<KMeansAlgorithm>(Option(args, "--algorithm") ?? "Auto", ignoreCase: true),
        };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = int.Parse(args[3], CultureInfo.InvariantCulture) };
        int repetitions = int.Parse(args[4], CultureInfo.InvariantCulture);

        var model = KMeans.Fit(points, initial, options, parallel).Model;
        var wall = new double[repetitions];
        var cpu = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            var cpuBefore = Environment.CpuUsage.TotalTime;
            long before = Stopwatch.GetTimestamp();
            model = KMeans.Fit(points, initial, options, parallel).Model;
            wall[i] = Stopwatch.GetElapsedTime(before).TotalSeconds;
            cpu[i] = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        }

        using (var stream = File.Create(args[5]))
        {
            CsvWriter.Write(stream, model.Centroids);
        }

        Console.WriteLine(JsonSerializer.Serialize(new { fit_s = wall, cpu_s = cpu, iters = model.Iterations, inertia = model.Inertia }));
        return 0;
    }

    internal static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
