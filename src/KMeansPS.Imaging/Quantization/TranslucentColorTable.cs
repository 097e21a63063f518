using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>The distinct colours among those that are not opaque, sorted, with their counts.</summary>
internal sealed class TranslucentColorTable
{
    private readonly uint[] _sorted;

    /// <summary>Sorts the colours in place and keeps each once.</summary>
    internal TranslucentColorTable(List<uint> colors)
    {
        var span = CollectionsMarshal.AsSpan(colors);
        span.Sort();
        var distinct = new List<uint>();
        var counts = new List<int>();
        foreach (uint color in span)
        {
            if (distinct.Count == 0 || distinct[^1] != color)
            {
                distinct.Add(color);
                counts.Add(0);
            }

            counts[^1]++;
        }

        _sorted = [.. distinct];
        Counts = [.. counts];
        Colors = Array.ConvertAll(_sorted, PackedColor.ToRgba);
    }

    internal int Count => _sorted.Length;

    internal Rgba[] Colors { get; }

    internal int[] Counts { get; }

    internal int NumberOf(uint color) => Array.BinarySearch(_sorted, color);
}
