namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Arrays with a value for each colour that a stage has done with. Where there are many colours they are collected before
/// the next stage takes as much again: left to itself the collector would wait, and the peak would be a tenth higher. It
/// takes some milliseconds, and the stages some hundred.
/// </summary>
internal static class SpentMemory
{
    private const int ManyColors = 1 << 19;

    /// <summary>Collects what a stage over so many colours has left behind.</summary>
    internal static void CollectAfter(int colors)
    {
        if (colors >= ManyColors)
        {
            GC.Collect();
        }
    }
}
