namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// The decoded samples of one component: either all its rows, or a ring of the last two rows of MCUs, which is what
/// upsampling looks at while the picture streams by.
/// </summary>
internal sealed class SamplePlane
{
    private readonly byte[] _samples;
    private readonly int _capacity;

    internal SamplePlane(FrameComponent component, bool keepsAllRows)
    {
        Component = component;
        Stride = component.PaddedBlockColumns * 8;
        int allRows = component.PaddedBlockRows * 8;
        _capacity = keepsAllRows ? allRows : Math.Min(allRows, 2 * 8 * component.VerticalSampling);
        _samples = GC.AllocateUninitializedArray<byte>(checked(Stride * _capacity));
    }

    internal FrameComponent Component { get; }

    /// <summary>From one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>The samples of a row that belong to the picture; rows above and below it are its first and last.</summary>
    internal ReadOnlySpan<byte> Row(int row)
    {
        int place = Math.Clamp(row, 0, Component.Height - 1) % _capacity;
        return _samples.AsSpan(place * Stride, Component.Width);
    }

    /// <summary>The samples from the first one of a block on, <see cref="Stride"/> from row to row.</summary>
    internal Span<byte> Block(int column, int row) => _samples.AsSpan((row * 8 % _capacity * Stride) + (column * 8), (7 * Stride) + 8);
}
