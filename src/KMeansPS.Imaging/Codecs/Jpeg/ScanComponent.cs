namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>A component as one scan codes it: its tables and its share of an MCU.</summary>
internal sealed class ScanComponent(FrameComponent component, HuffmanTable? dcTable, HuffmanTable? acTable, bool isAlone)
{
    internal FrameComponent Component => component;

    internal HuffmanTable? DcTable => dcTable;

    internal HuffmanTable? AcTable => acTable;

    /// <summary>Blocks of this component in a row of an MCU.</summary>
    internal int McuBlockColumns => isAlone ? 1 : component.HorizontalSampling;

    /// <summary>Rows of blocks of this component in an MCU.</summary>
    internal int McuBlockRows => isAlone ? 1 : component.VerticalSampling;

    /// <summary>PRED: the DC coefficient of the block before; 0 at the start and after each restart.</summary>
    internal int Prediction { get; set; }
}
