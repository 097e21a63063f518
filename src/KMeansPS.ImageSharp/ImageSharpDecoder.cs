using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using DecoderOptions = KMeansPS.Imaging.Codecs.DecoderOptions;
using ImageFormatException = KMeansPS.Imaging.Codecs.ImageFormatException;
using ImageInfo = KMeansPS.Imaging.Codecs.ImageInfo;
using SharpOptions = SixLabors.ImageSharp.Formats.DecoderOptions;

namespace KMeansPS.ImageSharp;

/// <summary>
/// Reads WebP, TIFF, GIF, TGA and QOI, and those kinds of JPEG, PNG, BMP and PNM that the built-in decoders do not, with
/// SixLabors.ImageSharp: the first frame, upright. Its every fault comes out as an <see cref="ImageFormatException"/>.
/// </summary>
public sealed class ImageSharpDecoder : IImageDecoder
{
    private static readonly SharpOptions FirstFrame = CreateOptions();

    /// <inheritdoc/>
    public string Name => "ImageSharp";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header)
    {
        try
        {
            return !header.IsEmpty && Image.DetectFormat(FirstFrame, header) is not null;
        }
        catch (UnknownImageFormatException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, or of a kind that ImageSharp does not read.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken) =>
        Translated(stream, (format, file) =>
        {
            var info = Image.Identify(FirstFrame, file);
            return IsTurned(info.Metadata) ? new ImageInfo(format, info.Height, info.Width) : new ImageInfo(format, info.Width, info.Height);
        }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, of a kind that ImageSharp does not read, or larger than the limit.</exception>
    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Translated(stream, (format, file) =>
        {
            ThrowIfTooLarge(format, Image.Identify(FirstFrame, file), options);
            file.Position = 0;
            using var image = Image.Load<Rgba32>(FirstFrame, file);
            cancellationToken.ThrowIfCancellationRequested();
            image.Mutate(static context => context.AutoOrient());
            return Copy(image, cancellationToken);
        }, cancellationToken);
    }

    private static PixelImage Copy(Image<Rgba32> image, CancellationToken cancellationToken)
    {
        var (profile, warnings) = ProfileOf(image.Metadata);
        var copy = new PixelImage(image.Width, image.Height) { IccProfile = profile, Warnings = warnings };
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var from = rows.GetRowSpan(y);
                var to = copy.Row(y);
                for (int x = 0; x < to.Length; x++)
                {
                    to[x] = new Rgba(from[x].R, from[x].G, from[x].B, from[x].A);
                }
            }
        });
        return copy;
    }

    // The colour space of a profile is the four bytes at 16 of its header (ICC.1:2022, table 17).
    private static (byte[]? Profile, string[] Warnings) ProfileOf(ImageMetadata metadata)
    {
        const int HeaderLength = 128;
        if (metadata.IccProfile?.ToByteArray() is not { Length: >= HeaderLength } profile)
        {
            return (null, []);
        }

        return profile.AsSpan(16, 4).SequenceEqual("RGB "u8)
            ? (profile, [])
            : (null, ["The ICC profile was dropped: it is for another colour space than RGB."]);
    }

    private static void ThrowIfTooLarge(string format, SixLabors.ImageSharp.ImageInfo info, DecoderOptions options)
    {
        long limit = Math.Min(options.MaxPixels, Array.MaxLength);
        if ((long)info.Width * info.Height > limit)
        {
            throw new ImageFormatException(format, ImageFault.Unsupported, 0, $"{info.Width} x {info.Height} pixels are more than the limit of {limit}");
        }
    }

    private static bool IsTurned(ImageMetadata metadata) =>
        metadata.ExifProfile?.TryGetValue(ExifTag.Orientation, out var orientation) == true && orientation.Value is >= 5 and <= 8;

    // Whatever the library throws at a file is the file's fault, except what the stream itself or memory says.
    private static T Translated<T>(Stream stream, Func<string, Stream, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var file = new StoppableStream(stream, cancellationToken);
        string format = "image";
        try
        {
            format = Image.DetectFormat(FirstFrame, file).Name;
            file.Position = 0;
            return read(format, file);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or ImageFormatException)
            && e is not IOException or EndOfStreamException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool unsupported = e is UnknownImageFormatException or NotSupportedException or NotImplementedException or InvalidMemoryOperationException;
            throw new ImageFormatException(format, unsupported ? ImageFault.Unsupported : ImageFault.Broken, stream.Position, e.Message.TrimEnd('.'), e);
        }
    }

    private static SharpOptions CreateOptions()
    {
        var configuration = Configuration.Default.Clone();
        configuration.MaxDegreeOfParallelism = 1;
        return new SharpOptions { Configuration = configuration, MaxFrames = 1 };
    }
}
