using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>
/// Which points of a tile of bytes lie near some rows of bytes. Whole numbers are exact: every width finds the same.
/// Bytes are 0 to 127. In a tile the bytes of four dimensions of a point lie together as one number of 32 bits, the first
/// lowest, and then come those of the next point; dimensions beyond the last are 0.
/// </summary>
internal abstract class ByteKernel
{
    /// <summary>The largest d: products of bytes of this many dimensions, and a radius, fit into 32 bits.</summary>
    internal const int MaxDimension = 16384;

    /// <summary>Radii beyond this are as good as infinite.</summary>
    internal const int LargestSquare = 1 << 30;

    /// <summary>Numbers in the sums of a row: twice the lanes of the widest vector.</summary>
    internal const int LengthOfSums = 2 * SumsOfOne;

    private protected const int SumsOfOne = 16;

    /// <summary>The middle of the range: what is taken from the bytes of a row, so that they have a sign.</summary>
    private const int Middle = 64;

    /// <summary>The kernel for the widest vectors of which a tile is made; null where the processor does not multiply bytes.</summary>
    /// <param name="width">Points in a tile.</param>
    internal static ByteKernel? ForThisProcessor(int width)
    {
        ByteKernel? widest = Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? new ByteKernel<ByteSimd512, Vector512<byte>>() : null;
        return widest?.Fits(width) == true ? widest : Avx2.IsSupported ? new ByteKernel<ByteSimd256, Vector256<byte>>() : null;
    }

    /// <summary>Whether it can go over tiles of so many points.</summary>
    internal abstract bool Fits(int width);

    /// <summary>Numbers of 32 bits that a row of d bytes is made into.</summary>
    internal static int LengthOfRow(int dimension) => 1 + ((dimension + 3) / 4);

    /// <summary>Makes d bytes, 0 to 127, into a row to measure against: first what the row adds to every comparison, then four signed bytes in each number.</summary>
    internal static void MakeRow(ReadOnlySpan<byte> values, Span<int> row)
    {
        row.Clear();
        int square = 0;
        for (int j = 0; j < values.Length; j++)
        {
            square += values[j] * values[j];
            row[1 + (j / 4)] |= (byte)(values[j] - Middle) << (8 * (j % 4));
        }

        row[0] = -(square >> 1);
    }

    /// <summary>
    /// Finds at least the points whose squared distance to a row, in bytes, is not above their own limit, and a few
    /// that are farther by up to two units. d multiplications of bytes for each point and row.
    /// </summary>
    /// <param name="tile">width x d bytes, d rounded up to whole fours.</param>
    /// <param name="limits">width squared distances, 0 to <see cref="LargestSquare"/>.</param>
    /// <param name="known">width squared distances from which those to the rows are taken.</param>
    /// <param name="rows">m rows as <see cref="MakeRow"/> makes them.</param>
    /// <param name="within">For each row one bit a point, the first lowest.</param>
    /// <param name="sums">
    /// For each row <see cref="LengthOfSums"/> numbers, to the first half of which is added, in any lanes, what is known
    /// of the points found less their squared distance to the row, or up to one unit more for each, and to the second half
    /// what is known of them. To each number are added no more than four of a tile.
    /// </param>
    internal abstract void FindWithin(
        ReadOnlySpan<byte> tile, ReadOnlySpan<int> limits, ReadOnlySpan<int> known, ReadOnlySpan<int> rows, Span<uint> within, Span<int> sums);
}
