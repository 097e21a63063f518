using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>A band of AC coefficients of the progressive process: one bit more (T.81, G.1.2.3).</summary>
/// <remarks>
/// Which coefficients are zero is a matter of chance, so a branch on each would be guessed wrong half the time. Instead
/// one mask of a block tells where the others are, and a run of zeros is counted off in its complement.
/// </remarks>
internal struct ProgressiveAcRefinement(CoefficientPlane plane, ScanHeader scan) : IBlockDecoder
{
    private readonly int _end = scan.SpectralEnd;
    private readonly ulong _band = (ulong.MaxValue << scan.SpectralStart) & (ulong.MaxValue >> (ZigZag.BlockSize - 1 - scan.SpectralEnd));
    private readonly int _unit = 1 << scan.ApproximationLow;
    private int _endOfBandRun;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        var block = plane.Block(column, row);
        ulong toRefine = CoefficientPlane.NonZeroMask(block) & _band;
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            Refine(ref reader, block, toRefine);
            return;
        }

        ulong zeros = ~toRefine & _band;
        int position;
        do
        {
            int value = TakeNewValue(ref reader, component.AcTable!, out int run);
            if (value == 0 && run < 15)
            {
                // This block is the first of the run.
                _endOfBandRun = (1 << run) - 1 + (run > 0 ? reader.Take(run) : 0);
                break;
            }

            for (; run > 0; run--)
            {
                zeros &= zeros - 1;
            }

            if (zeros == 0)
            {
                if (value != 0)
                {
                    throw JpegFault.Broken(reader.Position, "a run of zeros goes beyond its band");
                }

                break;
            }

            position = BitOperations.TrailingZeroCount(zeros);
            zeros &= zeros - 1;
            ulong passed = toRefine & ((1UL << position) - 1);
            toRefine ^= passed;
            Refine(ref reader, block, passed);
            block[position] = (short)(value * _unit);
        }
        while (position < _end);

        Refine(ref reader, block, toRefine);
    }

    public void Restart() => _endOfBandRun = 0;

    public readonly void EndRow(int mcuRow)
    {
    }

    // A coefficient that becomes 1 or -1 now, or 0 where the symbol is a run alone; 14 bits remain for the length of that.
    private static int TakeNewValue(ref BitReader reader, HuffmanTable table, out int run)
    {
        if (reader.Count < BitReader.LongestSymbol)
        {
            reader.Refill();
        }

        int entry = Unsafe.Add(ref MemoryMarshal.GetReference(table.Entries), (nint)(reader.Bits >> HuffmanTable.LookShift));
        if (entry == 0 && (entry = table.FindLong(reader.Bits)) == 0)
        {
            throw reader.NoCode();
        }

        reader.Drop(entry & 0xFF);
        int value = entry >> 16;
        run = (entry >> 8) & 0xFF;
        if (value == 0)
        {
            int size = run & 15;
            run >>= 4;
            value = size == 0 ? 0 : HuffmanTable.Extend(reader.Take(size), size);
        }

        return value is >= -1 and <= 1
            ? value
            : throw JpegFault.Broken(reader.Position, "a refinement scan holds a coefficient of more than one bit");
    }

    // Gives the coefficients of a mask their next bit: away from zero by one unit where it is set.
    private readonly void Refine(ref BitReader reader, Span<short> block, ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            if (reader.Count < 1)
            {
                reader.Refill();
            }

            ref short coefficient = ref Unsafe.Add(ref MemoryMarshal.GetReference(block), BitOperations.TrailingZeroCount(mask));
            int bit = (int)((long)reader.Bits >> 63);
            reader.Drop(1);
            int sign = coefficient >> 15;
            coefficient += (short)(((_unit ^ sign) - sign) & bit);
        }
    }
}
