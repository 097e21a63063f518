using System.IO.Compression;
using KMeansPS.Cli.Json;
using KMeansPS.Cli.Output;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Cli.Commands;

/// <summary>One run of <c>compress</c>: each file for itself, so that a bad one does not keep the others.</summary>
internal sealed class CompressRun
{
    private readonly CompressArguments _arguments;
    private readonly CancellationToken _stop;
    private readonly string[] _files;
    private readonly DestinationPlan _plan;
    private readonly List<CompressedFile> _results = [];
    private readonly List<FailedFile> _errors = [];
    private readonly CompressionSummary _summary = new();
    private bool _missedTarget;

    internal CompressRun(CompressArguments arguments, CancellationToken stop)
    {
        _arguments = arguments;
        _stop = stop;
        _files = [.. InputFiles.Expand(arguments.Files)];
        _plan = new DestinationPlan(arguments.Place, arguments.Options.Quantizer.K, arguments.Replace);
        if (_plan.IsFolder && (arguments.RelativeTo ?? DestinationPlan.CommonFolder(_files)) is { } root)
        {
            _plan.KeepTree(root);
        }

        foreach (string file in _files)
        {
            _plan.AddSource(file);
        }
    }

    /// <summary>Does the run.</summary>
    /// <returns>The exit code.</returns>
    internal int Execute()
    {
        var table = _arguments.Json ? null : new CompressionTable(Console.Out, _files);
        var work = new OrderedWork<CompressionResult>(_arguments.Threads, _stop);
        var compressor = Compressor(_arguments.Options, work.Parallel);
        var files = _files;
        if (_arguments.SharedPalette)
        {
            (files, compressor) = ShareAPalette(compressor, work.Parallel);
        }

        InOrder(work, compressor, files, file => Job(compressor, file), (file, result) => Take(table, file, result));
        if (_summary.InWords("--allow-larger") is { } words)
        {
            Messages.Write($"Note: {words}");
        }

        if (_arguments.Json)
        {
            JsonOutput.Write(new CompressReport(_results, _errors), CliJson.Default.CompressReport);
        }

        return _errors.Count > 0 ? ExitCode.InputFailed : _missedTarget ? ExitCode.TargetMissed : ExitCode.Success;
    }

    private ImageCompressor Compressor(CompressionOptions options, ParallelOptions parallel) =>
        new(new ImageReader(BuiltInCodecs.Decoders), new PngEncoder(new PngEncoderOptions { CompressionLevel = _arguments.Level, MaxDegreeOfParallelism = parallel.MaxDegreeOfParallelism }), options, parallel);

    private Func<CompressionResult> Job(ImageCompressor compressor, string file)
    {
        string source = Path.GetFullPath(file);
        string destination = !_plan.IsResult(source) && compressor.PassesOver(source) ? _plan.PlaceOf(source) : _plan.For(source);
        return () => compressor.Compress(source, destination, _arguments.Replace);
    }

    private void Take(CompressionTable? table, string file, CompressionResult result)
    {
        foreach (string warning in result.Warnings)
        {
            Messages.Write(file, $"Warning: {warning}");
        }

        _summary.Add(result);
        _missedTarget |= result.Status == CompressionStatus.TargetMissed;
        table?.Write(file, result);
        _results.Add(CompressedFile.Of(result));
    }

    // The first of two passes: counts the colours of all pictures and makes their palette.
    private (string[] Files, ImageCompressor Compressor) ShareAPalette(ImageCompressor compressor, ParallelOptions parallel)
    {
        var shared = new SharedColors();
        var readable = new List<string>();
        InOrder(new OrderedWork<ColorHistogram?>(_arguments.Threads, _stop), compressor, _files, file => () => compressor.CountColors(file), (file, colors) =>
        {
            readable.Add(file);
            if (colors is not null)
            {
                shared.Add(colors);
            }
        });
        if (shared.PictureCount == 0)
        {
            return ([.. readable], compressor);
        }

        var quantizer = _arguments.Options.Quantizer;
        var palette = new ColorQuantizer(quantizer, parallel).FindPalette(shared.ToWeightedColors()).Palette;
        var options = _arguments.Options with { Quantizer = quantizer with { Palette = palette, FixedColors = null, KeepRareColors = false } };
        return ([.. readable], Compressor(options, parallel));
    }

    // Works on several pictures at a time and takes what comes of them in their order.
    private void InOrder<T>(OrderedWork<T> work, ImageCompressor compressor, string[] files, Func<string, Func<T>> job, Action<string, T> take)
    {
        try
        {
            foreach (string file in files)
            {
                long pixels = compressor.CountPixels(file);
                while (!work.HasRoomFor(pixels))
                {
                    work.Wait();
                    TakeFinished();
                }

                Try(file, () => work.Begin(file, pixels, job(file)));
                TakeFinished();
            }

            while (work.Count > 0)
            {
                work.Wait();
                TakeFinished();
            }
        }
        finally
        {
            work.WaitForAll();
        }

        void TakeFinished()
        {
            while (work.TryTake(out string? file, out var outcome))
            {
                Try(file, () => take(file, outcome.GetAwaiter().GetResult()));
            }
        }
    }

    private void Try(string file, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (InputFault.Describe(file, e) is { } fault)
        {
            Messages.Write(file, fault);
            _errors.Add(new FailedFile(file, fault));
        }
    }
}
