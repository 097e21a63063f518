using System.Buffers.Binary;
using KMeansPS.Imaging.Codecs.Exif;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Reads marker segments, from the start of the file to a scan and from there to the next (T.81, annex B).</summary>
internal sealed class MarkerReader
{
    private readonly JpegFile _file;
    private readonly TableSet _tables = new();
    private readonly IccProfileReader _icc = new();
    private readonly MetadataSegments _metadata = new();
    private int _position;
    private bool _hasJfif;
    private bool _hasExif;
    private int? _adobeTransform;
    private FrameHeader? _frame;

    internal MarkerReader(JpegFile file)
    {
        _file = file;
        if (!file.Reaches(2) || file[0] != Marker.Prefix || file[1] != Marker.SOI)
        {
            throw JpegFault.Broken(0, "the file does not begin with SOI");
        }

        _position = 2;
    }

    /// <summary>The frame header; there is one once a scan has been found.</summary>
    internal FrameHeader Frame => _frame ?? throw new InvalidOperationException("No scan has been read yet.");

    internal int Orientation { get; private set; } = ExifOrientation.Upright;

    /// <summary>Whether the file was closed by EOI rather than by its last byte.</summary>
    internal bool SawEndOfImage { get; private set; }

    /// <summary>Where the reader stands.</summary>
    internal int Position => _position;

    /// <summary>EXIF, XMP, density and comments of the segments so far, as of the upright picture.</summary>
    internal PictureMetadata CollectMetadata(List<string> warnings) => ExifOrientation.Applied(_metadata.Collect(_file, warnings), Orientation);

    internal byte[]? AssembleIccProfile(List<string> warnings) => _icc.Assemble(warnings);

    /// <summary>Reads on to the next scan; null where the picture or the file ends before one.</summary>
    internal ScanHeader? NextScan()
    {
        while (NextMarker() is byte marker)
        {
            int offset = _position - 2;
            if (marker == Marker.EOI)
            {
                SawEndOfImage = true;
                return null;
            }

            if (marker == Marker.TEM)
            {
                continue;
            }

            if (marker == Marker.SOI || Marker.IsRestart(marker))
            {
                throw JpegFault.Broken(offset, $"the marker {Marker.NameOf(marker)} stands where a segment should begin");
            }

            var segment = ReadSegment(marker, offset);
            if (marker == Marker.SOS)
            {
                var frame = _frame ?? throw JpegFault.Broken(offset, "a scan begins before the frame header");
                if (frame.Height == 0)
                {
                    frame.SetHeight(FindNumberOfLines(_position, offset));
                }

                return ScanHeader.Parse(segment, offset, frame, _tables);
            }

            Interpret(marker, segment, offset);
        }

        return null;
    }

    /// <summary>Goes on behind the entropy-coded data of a scan; what is left of them is passed over.</summary>
    /// <param name="position">Where the scan ended.</param>
    internal void ContinueAt(int position)
    {
        _position = position;
        while (_file.Reaches(_position + 2) && !IsMarkerOtherThanRestart(_position))
        {
            _position++;
        }
    }

    /// <summary>What the components mean, by the rules that libjpeg has made everybody's.</summary>
    internal ColorModel FindColorModel() => Frame.Components switch
    {
        [_] => ColorModel.Gray,
        [_, _, _] when _hasJfif => ColorModel.YCbCr,
        [_, _, _] when _adobeTransform is int transform => transform == 0 ? ColorModel.Rgb : ColorModel.YCbCr,
        [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }] => ColorModel.Rgb,
        [_, _, _] => ColorModel.YCbCr,
        _ => _adobeTransform is null or 0 ? ColorModel.Cmyk : ColorModel.Ycck,
    };

    private byte? NextMarker()
    {
        if (!_file.Reaches(_position + 2))
        {
            _position = _file.Length;
            return null;
        }

        if (_file[_position] != Marker.Prefix)
        {
            throw JpegFault.Broken(_position, "a marker should stand here");
        }

        // Any marker may be preceded by fill bytes (B.1.1.2).
        _position++;
        while (_file[_position] == Marker.Prefix)
        {
            _position++;
            if (!_file.Reaches(_position + 1))
            {
                return null;
            }
        }

        byte marker = _file[_position];
        if (marker == 0)
        {
            throw JpegFault.Broken(_position, "a marker should stand here");
        }

        _position++;
        return marker;
    }

    private ReadOnlySpan<byte> ReadSegment(byte marker, int offset)
    {
        if (!_file.Reaches(_position + 2))
        {
            throw JpegFault.Broken(offset, $"the file ends in the segment {Marker.NameOf(marker)}");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_file.Slice(_position, 2));
        if (length < 2)
        {
            throw JpegFault.Broken(offset, $"the segment {Marker.NameOf(marker)} claims a length of {length}");
        }

        if (!_file.Reaches(_position + length))
        {
            throw JpegFault.Broken(offset, $"the file ends in the segment {Marker.NameOf(marker)}");
        }

        var segment = _file.Slice(_position + 2, length - 2);
        _position += length;
        return segment;
    }

    private void Interpret(byte marker, ReadOnlySpan<byte> segment, int offset)
    {
        _metadata.Add(marker, segment, _position - segment.Length);
        switch (marker)
        {
            case Marker.DQT:
                _tables.ReadQuantization(segment, offset);
                break;
            case Marker.DHT:
                _tables.ReadHuffman(segment, offset);
                break;
            case Marker.DRI:
                _tables.ReadRestartInterval(segment, offset);
                break;
            case Marker.DHP:
                throw JpegFault.Unsupported(offset, "hierarchical coding (DHP) is not read here");
            case Marker.APP0:
                _hasJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case Marker.APP1 when !_hasExif && segment.StartsWith("Exif\0"u8) && segment.Length > 6:
                _hasExif = true;
                Orientation = ExifOrientation.Read(segment[6..]);
                break;
            case Marker.APP2:
                _icc.Add(segment);
                break;
            case Marker.APP14 when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                _adobeTransform = segment[11];
                break;
            case var _ when Marker.IsFrameHeader(marker):
                if (_frame is not null)
                {
                    throw JpegFault.Broken(offset, "the file has a second frame header");
                }

                _frame = FrameHeader.Parse(marker, segment, offset);
                break;
        }
    }

    // The height may be told only by a DNL segment behind the first scan (B.2.5).
    private int FindNumberOfLines(int position, int scanOffset)
    {
        var file = _file.ReadAll();
        for (int i = position; i + 6 <= file.Length; i++)
        {
            if (file[i] == Marker.Prefix && IsMarkerOtherThanRestart(i))
            {
                int height = BinaryPrimitives.ReadUInt16BigEndian(file[(i + 4)..]);
                if (file[i + 1] == Marker.DNL && height > 0)
                {
                    return height;
                }

                break;
            }
        }

        throw JpegFault.Broken(scanOffset, "the frame header claims a height of 0, and no DNL segment tells another");
    }

    private bool IsMarkerOtherThanRestart(int position) =>
        _file[position] == Marker.Prefix
        && _file[position + 1] is not (0 or Marker.Prefix)
        && !Marker.IsRestart(_file[position + 1]);
}
