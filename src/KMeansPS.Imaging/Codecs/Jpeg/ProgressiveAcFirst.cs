using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>A band of AC coefficients of the progressive process: their first bits (T.81, G.1.2.2).</summary>
internal struct ProgressiveAcFirst(CoefficientPlane plane, ScanHeader scan) : IBlockDecoder
{
    private readonly int _start = scan.SpectralStart;
    private readonly int _end = scan.SpectralEnd;
    private readonly int _low = scan.ApproximationLow;
    private int _endOfBandRun;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            return;
        }

        var table = component.AcTable!;
        var entries = table.Entries;
        var block = plane.Block(column, row);
        for (int k = _start; k <= _end; k++)
        {
            if (reader.Count < BitReader.LongestSymbol)
            {
                reader.Refill();
            }

            int entry = entries[(int)(reader.Bits >> HuffmanTable.LookShift)];
            int value = entry >> 16;
            if (value != 0)
            {
                reader.Drop(entry & 0xFF);
                k += (entry >> 8) & 0xFF;
            }
            else
            {
                if (entry == 0 && (entry = table.FindLong(reader.Bits)) == 0)
                {
                    throw reader.NoCode();
                }

                reader.Drop(entry & 0xFF);
                int size = (entry >> 8) & 15;
                int run = entry >> 12;
                k += run;
                if (size == 0)
                {
                    if (run == 15)
                    {
                        continue;
                    }

                    // This block is the first of the run.
                    _endOfBandRun = (1 << run) - 1 + (run > 0 ? reader.Take(run) : 0);
                    return;
                }

                value = HuffmanTable.Extend(reader.Take(size), size);
            }

            if (k > _end)
            {
                throw JpegFault.Broken(reader.Position, "a run of zeros goes beyond its band");
            }

            block[k] = (short)(value << _low);
        }
    }

    public void Restart() => _endOfBandRun = 0;

    public readonly void EndRow(int mcuRow)
    {
    }
}
