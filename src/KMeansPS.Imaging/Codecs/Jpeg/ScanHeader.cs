namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The scan header, SOS (T.81, B.2.3), with the tables in force where it stands.</summary>
internal sealed class ScanHeader
{
    /// <summary>Where the marker stands in the file.</summary>
    internal required int Offset { get; init; }

    /// <summary>Where the entropy-coded data begin.</summary>
    internal required int DataOffset { get; init; }

    internal required ScanComponent[] Components { get; init; }

    /// <summary>Ss: the first coefficient, in zig-zag order.</summary>
    internal required int SpectralStart { get; init; }

    /// <summary>Se: the last coefficient, in zig-zag order.</summary>
    internal required int SpectralEnd { get; init; }

    /// <summary>Ah: the point transform of the scan before; 0 in the first scan of a band.</summary>
    internal required int ApproximationHigh { get; init; }

    /// <summary>Al: the point transform of this scan.</summary>
    internal required int ApproximationLow { get; init; }

    /// <summary>Ri: how many MCUs there are between restart markers; 0 for none.</summary>
    internal required int RestartInterval { get; init; }

    internal static ScanHeader Parse(ReadOnlySpan<byte> segment, int offset, FrameHeader frame, TableSet tables)
    {
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length != 4 + (2 * count))
        {
            throw JpegFault.Broken(offset, "the scan header has a wrong length");
        }

        var components = new ScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            byte id = segment[1 + (2 * i)];
            int selectors = segment[2 + (2 * i)];
            var component = Array.Find(frame.Components, candidate => candidate.Id == id)
                ?? throw JpegFault.Broken(offset, $"the scan names component {id}, which the frame does not have");
            if (components.AsSpan(0, i).Contains(component))
            {
                throw JpegFault.Broken(offset, $"the scan names component {id} twice");
            }

            if (selectors >> 4 > 3 || (selectors & 15) > 3)
            {
                throw JpegFault.Broken(offset, $"component {id} asks for a Huffman table above 3");
            }

            component.Quantization ??= tables.Quantization[component.QuantizationSelector]
                ?? throw JpegFault.Broken(offset, $"component {id} needs quantization table {component.QuantizationSelector}, which was not defined");
            components[i] = new ScanComponent(component, tables.Dc[selectors >> 4], tables.Ac[selectors & 15], isAlone: count == 1);
        }

        var rest = segment[(1 + (2 * count))..];
        return new ScanHeader
        {
            Offset = offset,
            DataOffset = offset + 4 + segment.Length,
            Components = components,
            SpectralStart = rest[0],
            SpectralEnd = rest[1],
            ApproximationHigh = rest[2] >> 4,
            ApproximationLow = rest[2] & 15,
            RestartInterval = tables.RestartInterval,
        };
    }

    /// <summary>Makes sure of the Huffman tables that this scan will use.</summary>
    internal void RequireTables(bool dc, bool ac)
    {
        foreach (var component in Components)
        {
            if ((dc && component.DcTable is null) || (ac && component.AcTable is null))
            {
                throw JpegFault.Broken(Offset, $"component {component.Component.Id} needs a Huffman table that was not defined");
            }
        }
    }
}

file static class ScanComponentSpan
{
    internal static bool Contains(this Span<ScanComponent> components, FrameComponent component)
    {
        foreach (var candidate in components)
        {
            if (candidate.Component == component)
            {
                return true;
            }
        }

        return false;
    }
}
