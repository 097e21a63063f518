namespace KMeansPS.Imaging.Dithering;

/// <summary>A way to choose entries for pixels such that the means of small areas come near to the original's.</summary>
internal interface IDither
{
    /// <summary>The entry of every pixel.</summary>
    /// <param name="image">The picture that was counted.</param>
    /// <param name="match">Its colours beside the palette.</param>
    /// <param name="parallel">Threads and cancellation; the entries do not depend on the threads.</param>
    byte[] Dither(PixelImage image, PaletteMatch match, ParallelOptions parallel);
}
