using System.Globalization;
using System.Text.Json;
using KMeansPS.PointFiles;

namespace KMeansPS.Bench;

/// <summary>Times seeding, one untimed run first: seed DATA.npy K METHOD THREADS REPS [--precision single|double]. Prints one line of JSON.</summary>
internal static class SeedProgram
{
    private const string Usage = "seed DATA.npy K METHOD THREADS REPS [--precision single|double]";

    internal static int Run(string[] args)
    {
        if (args.Length < 5)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var precision = Enum.Parse<PointPrecision>(FitProgram.Option(args, "--precision") ?? "single", ignoreCase: true);
        var points = PointFile.Read(args[0], new PointFileOptions { Precision = precision });
        int k = int.Parse(args[1], CultureInfo.InvariantCulture);
        var options = new KMeansOptions { Method = Enum.Parse<SeedingMethod>(args[2], ignoreCase: true) };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = int.Parse(args[3], CultureInfo.InvariantCulture) };
        var cpu = new double[int.Parse(args[4], CultureInfo.InvariantCulture)];
        var centroids = KMeans.Seed(points, k, options, parallel);
        for (int i = 0; i < cpu.Length; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            centroids = KMeans.Seed(points, k, options with { Seed = i }, parallel);
            cpu[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        double inertia = KMeans.Assign(points, centroids, parallel).Distance.Sum(distance => distance * distance);
        Console.WriteLine(JsonSerializer.Serialize(new { cpu_s = cpu, inertia }));
        return 0;
    }
}
