using System.Collections;

namespace KMeansPS.Imaging;

/// <summary>The colours of an indexed picture: 1 to 256 entries, each RGBA.</summary>
public sealed class Palette : IReadOnlyList<Rgba>
{
    /// <summary>The most entries that a palette holds.</summary>
    public const int MaxCount = 256;

    private readonly Rgba[] _entries;

    /// <summary>Makes a palette of copies of the given colours, in their order.</summary>
    /// <param name="entries">1 to 256 colours.</param>
    public Palette(ReadOnlySpan<Rgba> entries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entries.Length, 1, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Length, MaxCount, nameof(entries));
        _entries = entries.ToArray();
    }

    /// <summary>How many colours there are, 1 to 256.</summary>
    public int Count => _entries.Length;

    /// <summary>The colour that an index stands for.</summary>
    public Rgba this[int index] => _entries[index];

    /// <summary>All colours in their order.</summary>
    public ReadOnlySpan<Rgba> Entries => _entries;

    /// <inheritdoc/>
    public IEnumerator<Rgba> GetEnumerator() => ((IEnumerable<Rgba>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
