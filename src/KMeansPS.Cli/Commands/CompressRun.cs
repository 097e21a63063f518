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
    private readonly string[] _files;
    private readonly bool _replace;
    private readonly DestinationPlan _plan;
    private readonly ImageCompressor _compressor;
    private readonly List<CompressedFile> _results = [];
    private readonly List<FailedFile> _errors = [];

    internal CompressRun(string[] arguments, QuantizerOptions options, CompressionLevel level, string? place, bool replace, ParallelOptions parallel)
    {
        _files = [.. InputFiles.Expand(arguments)];
        _replace = replace;
        _plan = new DestinationPlan(place, options.K, replace);
        foreach (string file in _files)
        {
            _plan.AddSource(file);
        }

        _compressor = new ImageCompressor(
            new ImageReader(BuiltInCodecs.Decoders),
            new PngEncoder(new PngEncoderOptions { CompressionLevel = level, MaxDegreeOfParallelism = parallel.MaxDegreeOfParallelism }),
            options,
            parallel: parallel);
    }

    /// <summary>Does the run.</summary>
    /// <returns>The exit code.</returns>
    internal int Execute(bool json)
    {
        var table = json ? null : new CompressionTable(Console.Out, _files);
        foreach (string file in _files)
        {
            try
            {
                string source = Path.GetFullPath(file);
                var result = _compressor.Compress(source, _plan.For(source), _replace);
                foreach (string warning in result.Warnings)
                {
                    Messages.Write(file, $"Warning: {warning}");
                }

                table?.Write(file, result);
                _results.Add(CompressedFile.Of(result));
            }
            catch (Exception e) when (InputFault.Describe(file, e) is { } fault)
            {
                Messages.Write(file, fault);
                _errors.Add(new FailedFile(file, fault));
            }
        }

        if (json)
        {
            JsonOutput.Write(new CompressReport(_results, _errors), CliJson.Default.CompressReport);
        }

        return _errors.Count == 0 ? ExitCode.Success : ExitCode.InputFailed;
    }
}
