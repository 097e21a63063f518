using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The nearest of some entries for all 64 opaque colours of a cell at once, of equally near ones the lowest, in whole
/// numbers. Few entries can be nearest to a colour of a cell: they are looked for among those that can be for a block of
/// 4 x 4 x 4 cells, and these, once for each block, among all. An entry cannot if another is nearer in every corner.
/// About 30 vector instructions for a cell and 15 for each entry that can be nearest in it.
/// </summary>
internal sealed class NearestInCells
{
    /// <summary>The units of the entries' coordinates in one level.</summary>
    internal const int Scale = 4;

    // From the middle of a cell, or of a block, to the middle of its outermost colours.
    private const int HalfOfCell = 3 * Scale / 2;
    private const int HalfOfBlock = 15 * Scale / 2;

    private static readonly Vector512<int> PlacesOfGreen = Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    private static readonly Vector512<int> PlacesOfBlue = Vector512.Create(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);

    private readonly NearEntries _all;
    private readonly NearEntries?[] _ofBlock = new NearEntries?[1 << 12];

    /// <summary>Makes ready to look among up to 256 entries.</summary>
    /// <param name="reds">Their red, in units.</param>
    /// <param name="greens">Their green.</param>
    /// <param name="blues">Their blue.</param>
    internal NearestInCells(int[] reds, int[] greens, int[] blues) =>
        _all = new NearEntries(reds, greens, blues, [.. Enumerable.Range(0, reds.Length)]);

    /// <summary>The entries of a palette, whatever their alpha.</summary>
    internal static NearestInCells Of(Palette palette) => new(
        [.. palette.Select(entry => Scale * entry.R)], [.. palette.Select(entry => Scale * entry.G)], [.. palette.Select(entry => Scale * entry.B)]);

    /// <summary>Writes the nearest entry of each place of a cell.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Find(ColorCell cell, Span<byte> nearest)
    {
        var origin = cell.Origin;
        var (red, green, blue) = (Scale * origin.R, Scale * origin.G, Scale * origin.B);
        var entries = OfBlock(origin);
        Span<byte> near = stackalloc byte[Palette.MaxCount];
        near = near[..entries.Near(red + HalfOfCell, green + HalfOfCell, blue + HalfOfCell, HalfOfCell, near)];
        if (near.Length == 1)
        {
            nearest.Fill((byte)entries.Numbers[near[0]]);
            return;
        }

        // A square and the number of its entry are one number; a vector is all green and blue of one red.
        var greens = Vector512.Create(green) + (Scale * PlacesOfGreen);
        var blues = Vector512.Create(blue) + (Scale * PlacesOfBlue);
        var first = Vector512.Create(int.MaxValue);
        var second = first;
        var third = first;
        var fourth = first;
        foreach (byte at in near)
        {
            var dg = greens - Vector512.Create(entries.Greens[at]);
            var db = blues - Vector512.Create(entries.Blues[at]);
            var square = (((dg * dg) + (db * db)) << 8) | Vector512.Create(entries.Numbers[at]);
            int dr = red - entries.Reds[at];
            first = Vector512.Min(first, square + SquareOf(dr));
            second = Vector512.Min(second, square + SquareOf(dr + Scale));
            third = Vector512.Min(third, square + SquareOf(dr + (2 * Scale)));
            fourth = Vector512.Min(fourth, square + SquareOf(dr + (3 * Scale)));
        }

        Vector512.Narrow(Vector512.Narrow(first, second), Vector512.Narrow(third, fourth)).AsByte().CopyTo(nearest);
    }

    private static Vector512<int> SquareOf(int difference) => Vector512.Create((difference * difference) << 8);

    // Threads may find the same twice.
    private NearEntries OfBlock(Rgba origin)
    {
        ref var block = ref _ofBlock[((origin.R >> 4) << 8) | ((origin.G >> 4) << 4) | (origin.B >> 4)];
        return block ??= _all.Within(Middle(origin.R), Middle(origin.G), Middle(origin.B), HalfOfBlock);
    }

    private static int Middle(byte level) => (Scale * (level & 0xF0)) + HalfOfBlock;
}
