namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>What a coding process does with each block of a scan. Implemented by structs, so that the walk over the scan is compiled for each.</summary>
internal interface IBlockDecoder
{
    /// <summary>Reads one block.</summary>
    /// <param name="reader">The entropy-coded data.</param>
    /// <param name="component">The component and its tables.</param>
    /// <param name="column">The block's column in its component, padding included.</param>
    /// <param name="row">The block's row in its component, padding included.</param>
    void DecodeBlock(ref BitReader reader, ScanComponent component, int column, int row);

    /// <summary>Forgets what a restart marker ends.</summary>
    void Restart();

    /// <summary>Is told that a row of MCUs is whole.</summary>
    void EndRow(int mcuRow);
}
