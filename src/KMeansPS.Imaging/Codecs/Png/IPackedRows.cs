namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The rows of a picture as a PNG file has them before they are filtered. Several threads may read at a time.</summary>
internal interface IPackedRows
{
    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Bytes a row.</summary>
    int RowLength { get; }

    /// <summary>Bytes to the pixel on the left, as filters see it.</summary>
    int Distance { get; }

    /// <summary>Packs a part of a row.</summary>
    /// <param name="y">The row.</param>
    /// <param name="start">The first byte of the part: a multiple of <see cref="Distance"/>.</param>
    /// <param name="packed">Takes the bytes of the part; a multiple of <see cref="Distance"/> of them.</param>
    void Pack(int y, int start, Span<byte> packed);
}
