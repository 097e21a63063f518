namespace KMeansPS.Imaging.Codecs;

/// <summary>
/// Finds the decoder of a file by its signature and reads the picture. Decoders are asked in their order; what one
/// calls <see cref="ImageFault.Unsupported"/> is offered to the next, what one calls <see cref="ImageFault.Broken"/>
/// is not.
/// </summary>
/// <param name="decoders">The decoders, first choice first.</param>
public sealed class ImageReader(IReadOnlyList<IImageDecoder> decoders)
{
    /// <summary>How many bytes of a file decide which decoder reads it.</summary>
    public const int HeaderLength = 32;

    /// <summary>Reads the head of a file: its format and size.</summary>
    /// <param name="stream">A seekable stream; read from its start.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ImageFormatException">No decoder reads this file.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken = default) =>
        FirstThatCan(stream, decoder => decoder.Identify(stream, cancellationToken));

    /// <summary>Reads a picture.</summary>
    /// <param name="stream">A seekable stream; read from its start.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ImageFormatException">No decoder reads this file, or it is damaged.</exception>
    public DecodedImage Read(Stream stream, DecoderOptions? options = null, CancellationToken cancellationToken = default) =>
        FirstThatCan(stream, decoder =>
            new DecodedImage(decoder.Name, decoder.Decode(stream, options ?? new DecoderOptions(), cancellationToken)));

    private TResult FirstThatCan<TResult>(Stream stream, Func<IImageDecoder, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new byte[HeaderLength];
        stream.Position = 0;
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        ImageFormatException? refusal = null;
        foreach (var decoder in decoders)
        {
            if (!decoder.Recognizes(header.AsSpan(0, length)))
            {
                continue;
            }

            try
            {
                stream.Position = 0;
                return read(decoder);
            }
            catch (ImageFormatException e) when (e.Fault == ImageFault.Unsupported)
            {
                refusal ??= e;
            }
        }

        throw refusal ?? (length == 0
            ? new ImageFormatException("image", ImageFault.Broken, 0, "the file is empty")
            : new ImageFormatException(ImageSignature.NameOf(header.AsSpan(0, length)), ImageFault.Unsupported, 0, "no decoder here reads this format"));
    }
}
