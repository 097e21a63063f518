using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The DC coefficients of the progressive process: their first bits (T.81, G.1.2.1).</summary>
internal readonly struct ProgressiveDcFirst(CoefficientPlane[] planes, int approximationLow) : IBlockDecoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        int size = reader.TakeSymbol(component.DcTable!);
        if (size > 0)
        {
            component.Prediction += HuffmanTable.Extend(reader.Take(size), size);
        }

        planes[component.Component.Index].Block(column, row)[0] = (short)(component.Prediction << approximationLow);
    }

    public void Restart()
    {
    }

    public void EndRow(int mcuRow)
    {
    }
}

/// <summary>The DC coefficients of the progressive process: one bit more.</summary>
internal readonly struct ProgressiveDcRefinement(CoefficientPlane[] planes, int approximationLow) : IBlockDecoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row)
    {
        if (reader.TakeBit())
        {
            planes[component.Component.Index].Block(column, row)[0] |= (short)(1 << approximationLow);
        }
    }

    public void Restart()
    {
    }

    public void EndRow(int mcuRow)
    {
    }
}
