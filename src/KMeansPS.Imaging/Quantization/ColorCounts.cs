using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>How often the colours occur in those rows of a picture that one thread has counted.</summary>
/// <param name="pixels">About how many pixels that will be.</param>
internal sealed class ColorCounts(int pixels)
{
    /// <summary>The opaque ones.</summary>
    internal OpaqueColorCounts Opaque { get; } = new(pixels);

    /// <summary>The others, each as often as it occurs.</summary>
    internal List<uint> Translucent { get; } = [];

    /// <summary>Counts a row.</summary>
    internal void Add(ReadOnlySpan<Rgba> row)
    {
        var colors = MemoryMarshal.Cast<Rgba, uint>(row);
        while (!colors.IsEmpty)
        {
            var some = colors[..Math.Min(OpaqueColorCounts.MostAtOnce, colors.Length)];
            if (PackedColor.AreOpaque(some))
            {
                Opaque.Add(some);
            }
            else
            {
                AddEach(some);
            }

            colors = colors[some.Length..];
        }
    }

    /// <summary>Adds what another thread has counted.</summary>
    internal void Add(ColorCounts other)
    {
        Opaque.Add(other.Opaque);
        Translucent.AddRange(other.Translucent);
    }

    // Runs of opaque pixels are counted at once.
    private void AddEach(ReadOnlySpan<uint> colors)
    {
        while (!colors.IsEmpty)
        {
            int opaque = 0;
            while (opaque < colors.Length && PackedColor.IsOpaque(colors[opaque]))
            {
                opaque++;
            }

            Opaque.Add(colors[..opaque]);
            colors = colors[opaque..];
            while (!colors.IsEmpty && !PackedColor.IsOpaque(colors[0]))
            {
                Translucent.Add(PackedColor.Visible(colors[0]));
                colors = colors[1..];
            }
        }
    }
}
