namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>One colour component of a frame: its sampling, and the sizes that follow from it (T.81, A.1.1 and A.2).</summary>
internal sealed class FrameComponent(int index, byte id, int horizontalSampling, int verticalSampling, int quantizationSelector)
{
    /// <summary>The place in the frame, 0 first.</summary>
    internal int Index => index;

    internal byte Id => id;

    internal int HorizontalSampling => horizontalSampling;

    internal int VerticalSampling => verticalSampling;

    internal int QuantizationSelector => quantizationSelector;

    /// <summary>Columns of samples that belong to the picture.</summary>
    internal int Width { get; private set; }

    /// <summary>Rows of samples that belong to the picture.</summary>
    internal int Height { get; private set; }

    /// <summary>Columns of blocks in a scan of this component alone.</summary>
    internal int BlockColumns { get; private set; }

    /// <summary>Rows of blocks in a scan of this component alone.</summary>
    internal int BlockRows { get; private set; }

    /// <summary>Columns of blocks with the padding that an interleaved scan carries.</summary>
    internal int PaddedBlockColumns { get; private set; }

    /// <summary>Rows of blocks with the padding that an interleaved scan carries.</summary>
    internal int PaddedBlockRows { get; private set; }

    /// <summary>The table in force when the first scan of this component began, row by row; null before.</summary>
    internal short[]? Quantization { get; set; }

    internal void Fit(FrameHeader frame)
    {
        Width = CeilingDivide(frame.Width * horizontalSampling, frame.MaxHorizontalSampling);
        Height = CeilingDivide(frame.Height * verticalSampling, frame.MaxVerticalSampling);
        BlockColumns = CeilingDivide(Width, 8);
        BlockRows = CeilingDivide(Height, 8);
        PaddedBlockColumns = frame.McuColumns * horizontalSampling;
        PaddedBlockRows = frame.McuRows * verticalSampling;
    }

    private static int CeilingDivide(int value, int divisor) => (value + divisor - 1) / divisor;
}
