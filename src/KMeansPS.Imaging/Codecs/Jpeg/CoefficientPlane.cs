namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>All coefficients of one component, which the progressive process collects over many scans.</summary>
internal sealed class CoefficientPlane
{
    private readonly short[] _coefficients;
    private readonly int _columns;

    internal CoefficientPlane(FrameComponent component)
    {
        Component = component;
        _columns = component.PaddedBlockColumns;
        _coefficients = new short[checked(_columns * component.PaddedBlockRows * ZigZag.BlockSize)];
    }

    internal FrameComponent Component { get; }

    /// <summary>The 64 coefficients of a block, row by row.</summary>
    internal Span<short> Block(int column, int row) => _coefficients.AsSpan(((row * _columns) + column) * ZigZag.BlockSize, ZigZag.BlockSize);
}
