using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The sequential processes (T.81, F.2): a block is whole at once and goes straight to its samples.</summary>
internal readonly struct SequentialBlocks(SamplePlane[] planes, PictureAssembler? assembler) : IBlockDecoder
{
    private readonly short[] _block = new short[ZigZag.BlockSize];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        var frameComponent = component.Component;
        var plane = planes[frameComponent.Index];
        int dc = component.Prediction += DecodeDc(ref reader, component.DcTable!);
        bool isDcOnly = DecodeAc(ref reader, component.AcTable!, _block);
        var samples = plane.Block(column, row);
        short[] quantization = frameComponent.Quantization!;
        if (isDcOnly)
        {
            InverseDct.TransformDcOnly((short)dc, quantization[0], samples, plane.Stride);
        }
        else
        {
            _block[0] = (short)dc;
            InverseDct.Transform(_block, quantization, samples, plane.Stride);
            Array.Clear(_block);
        }
    }

    public void Restart()
    {
    }

    public void EndRow(int mcuRow) => assembler?.Advance(mcuRow + 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeDc(ref BitReader reader, HuffmanTable table)
    {
        if (reader.Count < BitReader.LongestSymbol)
        {
            reader.Refill();
        }

        int entry = Unsafe.Add(ref MemoryMarshal.GetReference(table.Entries), (nint)(reader.Bits >> HuffmanTable.LookShift));
        if (entry >> 16 != 0)
        {
            reader.Drop(entry & 0xFF);
            return entry >> 16;
        }

        if (entry == 0 && (entry = table.FindLong(reader.Bits)) == 0)
        {
            throw reader.NoCode();
        }

        reader.Drop(entry & 0xFF);
        int size = entry >> 8;
        return size == 0 ? 0 : HuffmanTable.Extend(reader.Take(size), size);
    }

    // The hottest loop of the decoder: about 2 ns a coefficient. It works on copies of the reader's fields, which
    // stay in registers. The look into the table needs no test of bounds, since its index has LookBits bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool DecodeAc(ref BitReader reader, HuffmanTable table, short[] block)
    {
        ref int entries = ref MemoryMarshal.GetReference(table.Entries);
        ref byte order = ref MemoryMarshal.GetReference(ZigZag.ToNatural);
        ulong bits = reader.Bits;
        int count = reader.Count;
        int k = 1;
        do
        {
            if (count < BitReader.LongestSymbol)
            {
                reader.Bits = bits;
                reader.Count = count;
                reader.Refill();
                bits = reader.Bits;
                count = reader.Count;
            }

            int entry = Unsafe.Add(ref entries, (nint)(bits >> HuffmanTable.LookShift));
            int value = entry >> 16;
            if (value != 0)
            {
                k += (entry >> 8) & 0xFF;
                bits <<= entry;
                count -= entry & 0xFF;
            }
            else
            {
                if (entry == 0 && (entry = table.FindLong(bits)) == 0)
                {
                    reader.Bits = bits;
                    reader.Count = count;
                    throw reader.NoCode();
                }

                bits <<= entry;
                count -= entry & 0xFF;
                int symbol = entry >> 8;
                int size = symbol & 15;
                if (size == 0)
                {
                    if (symbol == 0)
                    {
                        break;
                    }

                    if (symbol != 0xF0)
                    {
                        throw JpegFault.Broken(reader.Position, "a sequential scan holds a symbol of the progressive process");
                    }

                    k += 16;
                    continue;
                }

                value = HuffmanTable.Extend((int)(bits >> (64 - size)), size);
                bits <<= size;
                count -= size;
                k += symbol >> 4;
            }

            if (k >= ZigZag.BlockSize)
            {
                throw JpegFault.Broken(reader.Position, "a run of zeros goes beyond its block");
            }

            block[Unsafe.Add(ref order, k)] = (short)value;
            k++;
        }
        while (k < ZigZag.BlockSize);

        reader.Bits = bits;
        reader.Count = count;
        return k == 1;
    }
}
