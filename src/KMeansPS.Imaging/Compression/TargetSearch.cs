using System.Globalization;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Compression;

/// <summary>Looks for the K at which a picture meets its targets. Every K is clustered afresh, so that its result is the one that this K gives by itself.</summary>
/// <param name="image">The picture.</param>
/// <param name="options">The targets.</param>
/// <param name="encoder">Tells how large a result is.</param>
/// <param name="parallel">Threads and cancellation.</param>
internal sealed class TargetSearch(PixelImage image, CompressionOptions options, IImageEncoder encoder, ParallelOptions parallel)
{
    private const int LooksBeyond = 3;

    private readonly ColorHistogram _histogram = ColorHistogram.Of(image, parallel);

    /// <summary>The result at the K that was found; where no K meets the targets, what comes nearest, and a sentence on what is missing.</summary>
    internal (QuantizedImage Quantized, int K, string? Missing) Find(IProgress<KMeansProgress>? progress)
    {
        int least = Math.Max(1, options.Quantizer.FixedColors?.Count ?? 1);
        int most = options.Quantizer.K;
        QuantizedImage? found = null;
        bool Holds(int k, Func<QuantizedImage, bool> holds)
        {
            var quantized = Quantize(k, progress);
            bool result = holds(quantized);
            found = result ? quantized : found;
            return result;
        }

        bool Fits(QuantizedImage quantized) => SizeOf(quantized) <= options.MaxBytes!.Value;
        if (options.TargetPsnr is { } target)
        {
            if (Smallest(least, most, k => Holds(k, quantized => ImageError.Psnr(quantized.Mse) >= target)) is not { } enough)
            {
                var nearest = Quantize(most, progress);
                return (nearest, most, string.Create(CultureInfo.InvariantCulture,
                    $"{most} colours reach {ImageError.Psnr(nearest.Mse):F2} dB, which is less than the {target} dB that were asked for."));
            }

            return (found!, enough, options.MaxBytes is null || Fits(found!) ? null : string.Create(CultureInfo.InvariantCulture,
                $"the {enough} colours that {target} dB take need {SizeOf(found!)} bytes, which is more than the {options.MaxBytes} that were allowed."));
        }

        if (Smallest(-most, -least, k => Holds(-k, Fits)) is { } fitting)
        {
            return (found!, -fitting, null);
        }

        var smallest = Quantize(least, progress);
        return (smallest, least, string.Create(CultureInfo.InvariantCulture,
            $"even {least} colour{(least == 1 ? " needs" : "s need")} {SizeOf(smallest)} bytes, which is more than the {options.MaxBytes} that were allowed."));
    }

    /// <summary>
    /// The smallest number for which something holds that mostly holds from some number on: by halves, then a look at
    /// the few numbers below, since not everything that mostly rises always does. Null where it does not hold for the last.
    /// The last number for which the question is answered with yes is the one returned.
    /// </summary>
    internal static int? Smallest(int first, int last, Func<int, bool> holds)
    {
        if (!holds(last))
        {
            return null;
        }

        if (first == last || holds(first))
        {
            return first;
        }

        int fails = first;
        while (last - fails > 1)
        {
            int middle = fails + ((last - fails) / 2);
            if (holds(middle))
            {
                last = middle;
            }
            else
            {
                fails = middle;
            }
        }

        for (int look = last - 2; look > Math.Max(first, last - 1 - LooksBeyond); look--)
        {
            last = holds(look) ? look : last;
        }

        return last;
    }

    private QuantizedImage Quantize(int k, IProgress<KMeansProgress>? progress)
    {
        var quantizer = new ColorQuantizer(options.Quantizer with { K = k }, parallel);
        return quantizer.Quantize(image, _histogram, progress);
    }

    private long SizeOf(QuantizedImage quantized) => CountedStream.LengthOf(quantized.Image, encoder, parallel.CancellationToken);
}
