using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Walks over the MCUs of a scan and its restart intervals (T.81, A.2 and E.2).</summary>
internal static class ScanWalk
{
    /// <summary>Decodes a scan.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="decoder">What to do with each block.</param>
    /// <param name="leftOver">Set to true where entropy-coded data remain that belong to no MCU.</param>
    /// <param name="cancellationToken">Looked at after each row of MCUs, which takes a few milliseconds at most.</param>
    /// <returns>The offset behind the entropy-coded data.</returns>
    internal static int Run<TDecoder>(ReadOnlySpan<byte> file, FrameHeader frame, ScanHeader scan, TDecoder decoder, ref bool leftOver, CancellationToken cancellationToken)
        where TDecoder : struct, IBlockDecoder
    {
        var components = scan.Components;
        bool isInterleaved = components.Length > 1;
        int columns = isInterleaved ? frame.McuColumns : components[0].Component.BlockColumns;
        int rows = isInterleaved ? frame.McuRows : components[0].Component.BlockRows;
        int untilRestart = scan.RestartInterval > 0 ? scan.RestartInterval : int.MaxValue;
        int restarts = 0;
        var reader = new BitReader(file, scan.DataOffset);
        for (int row = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int column = 0; column < columns; column++)
            {
                if (untilRestart == 0)
                {
                    Restart(file, ref reader, restarts++, components, ref leftOver);
                    decoder.Restart();
                    untilRestart = scan.RestartInterval;
                }

                foreach (var component in components)
                {
                    DecodeMcuPart(ref reader, ref decoder, component, column, row);
                }

                untilRestart--;
            }

            if (reader.IsOverrun)
            {
                throw reader.EndsEarly();
            }

            decoder.EndRow(row);
        }

        leftOver |= reader.SkipToMarker(out int position);
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DecodeMcuPart<TDecoder>(ref BitReader reader, ref TDecoder decoder, ScanComponent component, int column, int row)
        where TDecoder : struct, IBlockDecoder
    {
        int width = component.McuBlockColumns;
        int height = component.McuBlockRows;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                decoder.DecodeBlock(ref reader, component, (column * width) + x, (row * height) + y);
            }
        }
    }

    private static void Restart(ReadOnlySpan<byte> file, ref BitReader reader, int number, ScanComponent[] components, ref bool leftOver)
    {
        if (reader.IsOverrun)
        {
            throw reader.EndsEarly();
        }

        leftOver |= reader.SkipToMarker(out int position);
        int expected = Marker.RST0 + (number & 7);
        if (position + 2 > file.Length)
        {
            throw JpegFault.Broken(position, "the file ends in the middle of the picture");
        }

        if (file[position + 1] != expected)
        {
            throw JpegFault.Broken(position, $"the marker {Marker.NameOf((byte)expected)} should stand here, not {Marker.NameOf(file[position + 1])}");
        }

        reader.RestartAt(position + 2);
        foreach (var component in components)
        {
            component.Prediction = 0;
        }
    }
}
