using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// The entry that together with the nearest one gives the best mean for a colour, of equally good ones the lowest. Lanes
/// are entries. About 40 vector instructions for each eight of them.
/// </summary>
internal sealed class MixSearch
{
    // What a mix costs for its grain, as a share of the variance between its two entries: two entries that are far apart
    // give a better mean than two that are near, but are seen as dots.
    private const float GrainCost = 0.25f;

    private readonly PaletteMatch _match;
    private readonly EntryPanel[] _panels;
    private readonly EntryPanel[] _opaque;

    internal MixSearch(PaletteMatch match)
    {
        _match = match;
        int[] all = [.. Enumerable.Range(0, match.Entries.Length)];
        _panels = EntryPanel.Of(match.Entries, all);
        _opaque = EntryPanel.Of(match.Entries, [.. all.Where(entry => match.Palette[entry].A == byte.MaxValue)]);
    }

    /// <summary>The other entry for a colour and its share, 0 to 0.5; the nearest one and 0 where no mix is better than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal (byte Other, float Share) Find(int color)
    {
        byte nearest = _match.EntryOfColor[color];
        var entry = Steps.Of(_match.Entries[nearest]);
        var offset = Steps.Of(_match.Colors[color] - _match.Entries[nearest]);
        var leastCost = offset.Dot(offset);
        var others = Vector256.Create((int)nearest);
        foreach (ref readonly var panel in (_match.IsOpaque(color) && !_match.MakesHole(color, nearest) ? _opaque : _panels).AsSpan())
        {
            var way = panel.StepsFrom(entry);
            var share = ShareOf(way, offset);
            var rest = offset.Less(way, share);
            var cost = rest.Dot(rest) + (Vector256.Create(GrainCost) * share * (Vector256<float>.One - share) * way.Dot(way));
            var isBetter = Vector256.GreaterThan(share, Vector256<float>.Zero) & Vector256.LessThan(cost, leastCost);
            leastCost = Vector256.ConditionalSelect(isBetter, cost, leastCost);
            others = Vector256.ConditionalSelect(isBetter.AsInt32(), panel.Numbers, others);
        }

        int other = PaletteSearch.LowestOfLeast(leastCost, others);
        return ((byte)other, other == nearest ? 0 : ShareOf(Steps.Of(_match.Entries[other] - _match.Entries[nearest]), offset).ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ShareOf(in Steps way, in Steps offset) => Vector256.Min(way.Dot(offset) / way.Dot(way), Vector256.Create(0.5f));
}
