using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The frame header, SOF (T.81, B.2.2): size, coding process and components.</summary>
internal sealed class FrameHeader
{
    private FrameHeader(int offset, bool isProgressive, int width, int height, FrameComponent[] components)
    {
        Offset = offset;
        IsProgressive = isProgressive;
        Width = width;
        Components = components;
        MaxHorizontalSampling = components.Max(component => component.HorizontalSampling);
        MaxVerticalSampling = components.Max(component => component.VerticalSampling);
        SetHeight(height);
    }

    /// <summary>Where the marker stands in the file.</summary>
    internal int Offset { get; }

    internal bool IsProgressive { get; }

    internal int Width { get; }

    /// <summary>Rows; 0 where a DNL segment after the first scan is to tell.</summary>
    internal int Height { get; private set; }

    internal FrameComponent[] Components { get; }

    internal int MaxHorizontalSampling { get; }

    internal int MaxVerticalSampling { get; }

    internal int McuColumns { get; private set; }

    internal int McuRows { get; private set; }

    internal long PixelCount => (long)Width * Height;

    /// <summary>How many blocks the scans of this frame code at least, without the padding.</summary>
    internal long BlockCount => Components.Sum(component => (long)component.BlockColumns * component.BlockRows);

    internal static FrameHeader Parse(byte marker, ReadOnlySpan<byte> segment, int offset)
    {
        if (marker is not (Marker.SOF0 or Marker.SOF1 or Marker.SOF2))
        {
            throw JpegFault.Unsupported(offset, $"{ProcessName(marker)} coding ({Marker.NameOf(marker)}) is not read here");
        }

        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]))
        {
            throw JpegFault.Broken(offset, "the frame header has a wrong length");
        }

        int precision = segment[0];
        if (precision != 8)
        {
            throw precision is > 8 and <= 16
                ? JpegFault.Unsupported(offset, $"samples of {precision} bits are not read here")
                : JpegFault.Broken(offset, $"the frame header claims samples of {precision} bits");
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (width == 0)
        {
            throw JpegFault.Broken(offset, "the frame header claims a width of 0");
        }

        int count = segment[5];
        if (count is not (1 or 3 or 4))
        {
            throw count == 0
                ? JpegFault.Broken(offset, "the frame has no components")
                : JpegFault.Unsupported(offset, $"a frame of {count} components is not read here");
        }

        return new FrameHeader(offset, marker == Marker.SOF2, width, height, ParseComponents(segment[6..], count, offset));
    }

    /// <summary>Sets the height and all sizes that follow from it.</summary>
    internal void SetHeight(int height)
    {
        Height = height;
        McuColumns = CeilingDivide(Width, 8 * MaxHorizontalSampling);
        McuRows = CeilingDivide(height, 8 * MaxVerticalSampling);
        foreach (var component in Components)
        {
            component.Fit(this);
        }
    }

    private static FrameComponent[] ParseComponents(ReadOnlySpan<byte> fields, int count, int offset)
    {
        var components = new FrameComponent[count];
        for (int i = 0; i < count; i++)
        {
            byte id = fields[3 * i];
            int horizontal = fields[(3 * i) + 1] >> 4;
            int vertical = fields[(3 * i) + 1] & 15;
            int selector = fields[(3 * i) + 2];
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4)
            {
                throw JpegFault.Broken(offset, $"component {id} claims sampling factors of {horizontal} x {vertical}");
            }

            if (selector > 3)
            {
                throw JpegFault.Broken(offset, $"component {id} asks for quantization table {selector}");
            }

            if (components.AsSpan(0, i).ContainsId(id))
            {
                throw JpegFault.Broken(offset, $"two components have the identifier {id}");
            }

            // A lone component is never interleaved, so its factors mean nothing (A.2.2).
            components[i] = count == 1 ? new(i, id, 1, 1, selector) : new(i, id, horizontal, vertical, selector);
        }

        return components;
    }

    private static string ProcessName(byte marker) => marker switch
    {
        0xC3 => "lossless",
        0xC5 or 0xC6 or 0xC7 => "hierarchical",
        0xCB or 0xCF => "lossless arithmetic",
        0xCD or 0xCE => "hierarchical arithmetic",
        _ => "arithmetic",
    };

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}

file static class ComponentSpan
{
    internal static bool ContainsId(this Span<FrameComponent> components, byte id)
    {
        foreach (var component in components)
        {
            if (component.Id == id)
            {
                return true;
            }
        }

        return false;
    }
}
