using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>A band of AC coefficients of the progressive process: one bit more (T.81, G.1.2.3).</summary>
internal struct ProgressiveAcRefinement(CoefficientPlane plane, ScanHeader scan) : IBlockDecoder
{
    private readonly int _start = scan.SpectralStart;
    private readonly int _end = scan.SpectralEnd;
    private readonly short _unit = (short)(1 << scan.ApproximationLow);
    private int _endOfBandRun;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        var block = plane.Block(column, row);
        int k = _start;
        if (_endOfBandRun == 0)
        {
            for (; k <= _end; k++)
            {
                int symbol = reader.TakeSymbol(component.AcTable!);
                int run = symbol >> 4;
                int value = 0;
                if ((symbol & 15) == 1)
                {
                    value = reader.TakeBit() ? _unit : -_unit;
                }
                else if ((symbol & 15) != 0)
                {
                    throw JpegFault.Broken(reader.Position, "a refinement scan holds a coefficient of more than one bit");
                }
                else if (run < 15)
                {
                    _endOfBandRun = (1 << run) + (run > 0 ? reader.Take(run) : 0);
                    break;
                }

                k = RefineUntilZeros(ref reader, block, k, run);
                if (value != 0)
                {
                    if (k > _end)
                    {
                        throw JpegFault.Broken(reader.Position, "a run of zeros goes beyond its band");
                    }

                    block[ZigZag.ToNatural[k]] = (short)value;
                }
            }
        }

        if (_endOfBandRun > 0)
        {
            RefineUntilZeros(ref reader, block, k, ZigZag.BlockSize);
            _endOfBandRun--;
        }
    }

    public void Restart() => _endOfBandRun = 0;

    public readonly void EndRow(int mcuRow)
    {
    }

    // Gives every coefficient that is not zero its next bit, up to the zero behind as many zeros as the run says.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int RefineUntilZeros(ref BitReader reader, Span<short> block, int k, int run)
    {
        for (; k <= _end; k++)
        {
            ref short coefficient = ref block[ZigZag.ToNatural[k]];
            if (coefficient == 0)
            {
                if (run-- == 0)
                {
                    break;
                }
            }
            else if (reader.TakeBit())
            {
                coefficient += coefficient > 0 ? _unit : (short)-_unit;
            }
        }

        return k;
    }
}
