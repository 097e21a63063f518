using System.CommandLine;
using KMeansPS.PointFiles;

namespace KMeansPS.Cli.Commands;

/// <summary><c>kmeansps cluster POINTS</c></summary>
internal static class ClusterCommand
{
    /// <summary>Makes the command.</summary>
    internal static Command Create(Interruption interruption)
    {
        var defaults = new KMeansOptions();
        var points = SharedOptions.Files<string>("points", "The points: a CSV, TSV or NPY file.", ArgumentArity.ExactlyOne);
        var k = SharedOptions.Count(["-K", "-k", "--clusters"], "How many clusters.");
        var centroids = new Option<string?>("--centroids") { Description = "A file of points to start from, instead of -K.", HelpName = "file" };
        var method = SharedOptions.OneOf<SeedingMethod>("--method", "How the initial centroids are chosen; by default kmeansplusplus.");
        var maxIterations = SharedOptions.Count(["--max-iterations"], $"The most rounds of assignment and update; by default {defaults.MaxIterations}.");
        var tolerance = SharedOptions.Number<double>(
            ["--tolerance"],
            $"The run ends when the squared moves of the centroids sum up to at most this times the mean variance of the columns; 0 asks for the fixed point. By default {defaults.Tolerance}.",
            value => value >= 0 && double.IsFinite(value),
            "a finite number, 0 or more");
        var restarts = SharedOptions.Count(["--restarts"], "How many runs are done; the one of lowest inertia counts. By default 1.");
        var effort = SharedOptions.OneOf<KMeansEffort>("--effort", "How much is done to find a good optimum: fast starts from a sample, best searches on after a run; by default balanced.");
        var algorithm = SharedOptions.OneOf<KMeansAlgorithm>("--algorithm", "How the nearest centroids are found: of consequence for the time only; by default auto.");
        var seed = SharedOptions.Seed("By default one is drawn and told.");
        var threads = SharedOptions.Threads();
        var columns = new Option<string[]>("--columns")
        {
            Description = "The columns to read, by name, separated by commas; by default every column of numbers.",
            HelpName = "names",
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        var delimiter = new Option<string?>("--delimiter")
        {
            Description = "What stands between the fields of a text file, one sign or 'tab'; by default it is found out.",
            HelpName = "sign",
        };
        delimiter.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !PointFileOptions.IsDelimiter(DelimiterOf(result.Tokens[0].Value)))
            {
                result.AddError($"--delimiter is '{result.Tokens[0].Value}', but must be one sign such as ';', or 'tab'.");
            }
        });
        var weights = new Option<string?>("--weights") { Description = "The column that holds the weight of each point, above 0; it is no coordinate unless --columns names it.", HelpName = "name" };
        var scale = SharedOptions.OneOf<ScalingMethod>("--scale", "How the columns are brought to one scale; centroids stay in the units of the file. With --mini-batch the first pass finds it. By default none.");
        var precision = SharedOptions.OneOf<PointPrecision>("--precision", "The precision of the points; by default that of an NPY file, else double.");
        var miniBatch = new Option<bool>("--mini-batch") { Description = "Read the points batch by batch, a few times, and never hold them all: for files larger than the memory." };
        var batchSize = SharedOptions.Count(["--batch-size"], "With --mini-batch, points a batch; by default what makes about a million values.");
        var passes = SharedOptions.Count(["--passes"], $"With --mini-batch, how often the points are read at the most, 1 for estimates from a sample; by default {new MiniBatchOptions().Passes}.");
        var labels = ResultFile("--labels", "Write the cluster of every point to this .npy, .csv or .tsv file.");
        var output = ResultFile("--out", "Write the centroids to this .npy, .csv or .tsv file.");
        var model = new Option<string?>("--model") { Description = "Write the model to this file, as JSON that Import-KMeansModel reads.", HelpName = "file" };
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("cluster", "Find the clusters of points.")
        {
            points, k, centroids, method, maxIterations, tolerance, restarts, effort, algorithm, seed, threads, columns, delimiter, weights, scale, precision, miniBatch, batchSize, passes, labels, output, model, force, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(k) is null) == (result.GetResult(centroids) is null))
            {
                result.AddError("Give the number of clusters with -K, or a file to start from with --centroids: one of the two.");
            }

            if (!result.GetValue(miniBatch) && (result.GetResult(batchSize) is not null || result.GetResult(passes) is not null))
            {
                result.AddError("--batch-size and --passes say how mini-batches are made: give --mini-batch too.");
            }

            if (result.GetValue(miniBatch) && result.GetResult(labels) is not null)
            {
                result.AddError("--mini-batch does not keep which cluster a point belongs to: leave out --labels.");
            }
        });
        command.SetAction(parsed =>
        {
            bool given = parsed.GetValue(centroids) is not null;
            var run = new ClusterRun
            {
                File = parsed.GetRequiredValue(points),
                Reading = new PointFileOptions
                {
                    Column = parsed.GetValue(columns) ?? [],
                    Delimiter = parsed.GetValue(delimiter) is { } sign ? DelimiterOf(sign) : null,
                    Weight = parsed.GetValue(weights),
                    Precision = parsed.GetValue(precision),
                },
                K = parsed.GetValue(k),
                Centroids = parsed.GetValue(centroids),
                Clustering = new KMeansOptions
                {
                    Method = parsed.GetValue(method) ?? defaults.Method,
                    Seed = parsed.GetValue(seed) ?? (given ? 0 : Random.Shared.Next()),
                    MaxIterations = parsed.GetValue(maxIterations) ?? defaults.MaxIterations,
                    Tolerance = parsed.GetValue(tolerance) ?? defaults.Tolerance,
                    Effort = parsed.GetValue(effort) ?? defaults.Effort,
                    Algorithm = parsed.GetValue(algorithm) ?? defaults.Algorithm,
                    Restarts = given ? 1 : parsed.GetValue(restarts) ?? 1,
                },
                MiniBatch = parsed.GetValue(miniBatch)
                    ? new MiniBatchOptions { BatchSize = parsed.GetValue(batchSize), Passes = parsed.GetValue(passes) ?? new MiniBatchOptions().Passes, Scale = parsed.GetValue(scale) ?? ScalingMethod.None }
                    : null,
                SampleEffort = parsed.GetValue(effort) ?? KMeansEffort.Best,
                Labels = parsed.GetValue(labels),
                Out = parsed.GetValue(output),
                Model = parsed.GetValue(model),
                Scale = parsed.GetValue(scale) ?? ScalingMethod.None,
                Replace = parsed.GetValue(force),
                Parallel = SharedOptions.Parallel(parsed.GetValue(threads), interruption),
            };
            return run.Execute(parsed.GetValue(json));
        });
        return command;
    }

    private static Option<string?> ResultFile(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "file" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !PointFileWriter.Writes(result.Tokens[0].Value))
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}', but the name of a file to write must end in .npy, .csv or .tsv.");
            }
        });
        return option;
    }

    private static char DelimiterOf(string text) => text.ToLowerInvariant() switch
    {
        "tab" or "\\t" => '\t',
        { Length: 1 } sign => sign[0],
        _ => '\0',
    };
}
