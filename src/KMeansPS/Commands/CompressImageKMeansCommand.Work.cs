using System.Management.Automation;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Quantization;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

// The pictures of a run: which of them wait for the others, and how several are worked on at a time.
public sealed partial class CompressImageKMeansCommand
{
    private readonly List<string> _waiting = [];
    private readonly CompressionSummary _summary = new();
    private DestinationPlan _plan = null!;
    private CompressionOptions _options = null!;
    private ImageCompressor _compressor = null!;
    private OrderedWork<CompressionResult>? _work;
    private OrderedWork<(string Path, ColorHistogram? Colors)>? _counting;

    // The display of the pipeline's thread while it waits; work reports to whichever there is.
    private volatile IProgress<KMeansProgress>? _display;

    // What results would have to keep the tree of is known when all sources are.
    private bool FindsTheRoot => _plan.IsFolder && RelativeTo is null;

    /// <inheritdoc/>
    private protected override void Expect(string path) => _plan.AddSource(path);

    /// <summary>
    /// Begins a picture at once, unless its place or its palette depends on those that come later: a file that would be
    /// replaced could be a source of this run too.
    /// </summary>
    private protected override void ProcessFile(string path)
    {
        if (SharedPalette || FindsTheRoot || (Force && File.Exists(_plan.PlaceOf(path))))
        {
            _waiting.Add(path);
        }
        else
        {
            Begin(path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (FindsTheRoot && DestinationPlan.CommonFolder(_waiting) is { } root)
        {
            _plan.KeepTree(root);
        }

        foreach (string path in (SharedPalette ? FindSharedPalette() : _waiting).TakeWhile(_ => !Stopping))
        {
            Begin(path);
        }

        WriteAll();
        if (_summary.InWords("-AllowLarger") is { } words)
        {
            WriteWarning(words);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && (_work?.Count > 0 || _counting?.Count > 0))
        {
            StopProcessing(); // as Select-Object -First ends a pipeline without calling it
            _work?.WaitForAll();
            _counting?.WaitForAll();
        }

        base.Dispose(disposing);
    }

    /// <summary>Errors keep their place among the results.</summary>
    private protected override void Report(ErrorRecord error)
    {
        WriteAll();
        WriteError(error);
    }

    private void Begin(string path)
    {
        if (!_plan.IsResult(path) && _compressor.PassesOver(path))
        {
            Begin(path, _plan.PlaceOf(path));
            return;
        }

        try
        {
            string destination = _plan.For(path);
            if (ShouldProcess(destination, $"Compress '{path}' to {_options.Quantizer.K} colours"))
            {
                Begin(path, destination);
            }
        }
        catch (DestinationException e) when (e.Fault == DestinationFault.IsResult)
        {
            WriteVerbose(e.Message); // Get-ChildItem may list what was written while it was at it
        }
        catch (DestinationException e)
        {
            Report(ErrorRecords.OfFile(e, path));
        }
    }

    private void Begin(string path, string destination)
    {
        var work = _work!;
        Begin(work, path, progress => _compressor.Compress(path, destination, Force, progress), WriteFinished);
        WriteFinished();
    }

    // Waits for room, and meanwhile takes what is done.
    private void Begin<T>(OrderedWork<T> work, string path, Func<IProgress<KMeansProgress>, T> job, Action takeFinished)
    {
        long pixels = _compressor.CountPixels(path);
        while (!work.HasRoomFor(pixels))
        {
            Wait(work);
            takeFinished();
        }

        work.Begin(path, pixels, () => job(new Relay(this)));
    }

    private void Wait<T>(OrderedWork<T> work) => Watch("Compressing pictures", work.Next!, progress =>
    {
        _display = progress;
        work.Wait();
        return true;
    });

    private void WriteAll()
    {
        while (_work!.Count > 0)
        {
            Wait(_work);
            WriteFinished();
        }
    }

    private void WriteFinished()
    {
        while (TryTake(_work!, out var result))
        {
            Write(result);
        }
    }

    // The next outcome that is there; failures on the way are one error each.
    private bool TryTake<T>(OrderedWork<T> work, out T result)
    {
        while (work.TryTake(out string? path, out var outcome))
        {
            try
            {
                result = outcome.GetAwaiter().GetResult();
                return true;
            }
            catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }
            catch (Exception e) when (e is not RuntimeException)
            {
                WriteError(ErrorRecords.OfFile(e, path));
            }
        }

        result = default!;
        return false;
    }

    private void Write(CompressionResult result)
    {
        foreach (string warning in result.Warnings)
        {
            WriteWarning($"{result.Source}: {warning}");
        }

        _summary.Add(result);
        WriteVerbose(result.Status == CompressionStatus.AlreadyCompressed
            ? $"{result.Source}: made by KMeansPS before and passed over; -Recompress compresses it again."
            : $"{result.Source}: read by {result.Decoder}, {result.SourceColorCount} colours to {result.ColorCount} in {result.Iterations} iterations, {result.Status}.");
        WriteObject(result.IsWritten ? WithPSPath(result) : result);
    }

    // What the provider puts on its items, so that the result stands for the file that was written.
    private static PSObject WithPSPath(CompressionResult result)
    {
        var wrapped = PSObject.AsPSObject(result);
        wrapped.Properties.Add(new PSNoteProperty("PSPath", $@"Microsoft.PowerShell.Core\FileSystem::{result.Destination}"));
        return wrapped;
    }

    // The first of two passes: counts the colours of all pictures and makes their palette. What cannot be read is said
    // here and left out, as is what will be passed over.
    private List<string> FindSharedPalette()
    {
        var shared = new SharedColors();
        var passedOver = new List<string>();
        var readable = new HashSet<string>();
        _counting = new(ThrottleLimit, StopToken);
        void Add()
        {
            while (TryTake(_counting, out var counted))
            {
                readable.Add(counted.Path);
                if (counted.Colors is { } colors)
                {
                    shared.Add(colors);
                }
                else
                {
                    passedOver.Add(counted.Path);
                }
            }
        }

        foreach (string path in _waiting.Distinct())
        {
            Begin(_counting, path, _ => (path, _compressor.CountColors(path)), Add);
        }

        while (_counting.Count > 0)
        {
            Wait(_counting);
            Add();
        }

        if (shared.PictureCount > 0)
        {
            var palette = Watch("Finding the palette of all pictures", $"{shared.PictureCount} pictures", progress =>
                new ColorQuantizer(_options.Quantizer, _work!.Parallel).FindPalette(shared.ToWeightedColors(), progress).Palette);
            Use(_options with { Quantizer = _options.Quantizer with { Palette = palette, FixedColors = null, KeepRareColors = false } });
        }

        return [.. _waiting.Where(readable.Contains)];
    }

    private void Use(CompressionOptions options)
    {
        _options = options;
        var parallel = _work!.Parallel;
        var encoding = new PngEncoderOptions { CompressionLevel = CompressionLevel, MaxDegreeOfParallelism = parallel.MaxDegreeOfParallelism };
        _compressor = new ImageCompressor(PictureReader.Create(), new PngEncoder(encoding), options, parallel);
    }

    private sealed class Relay(CompressImageKMeansCommand command) : IProgress<KMeansProgress>
    {
        public void Report(KMeansProgress value) => command._display?.Report(value);
    }
}
