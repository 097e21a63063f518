using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Finds earlier occurrences of what follows a position: a binary search tree, by what follows, of the earlier positions
/// whose first bytes have the same hash, the newest at its root (Bell 1986, "Better OPM/L text compression"; in the
/// form that Pavlov's LZMA made known).
/// </summary>
internal sealed class MatchFinder
{
    private const int HashBits = 16;
    private const int CheckedEvery = 1 << 13;
    private const int None = -1;
    private readonly int[] _roots = new int[1 << HashBits];

    // Of each position first the tree of what sorts before it, then that of what sorts behind it.
    private int[] _children = [];

    /// <summary>Lists the possible copies of every position of a segment.</summary>
    /// <param name="data">The window before the segment, and the segment.</param>
    /// <param name="start">Where the segment starts.</param>
    /// <param name="effort">How far to search.</param>
    /// <param name="matches">The list, cleared here.</param>
    /// <param name="cancellationToken">Looked at every few kilobytes.</param>
    internal void FindAll(ReadOnlySpan<byte> data, int start, DeflateEffort effort, MatchList matches, CancellationToken cancellationToken)
    {
        _roots.AsSpan().Fill(None);
        if (_children.Length < 2 * data.Length)
        {
            _children = new int[2 * data.Length];
        }

        matches.Clear(data.Length - start);
        int passOver = 0;
        for (int position = 0; position < data.Length; position++)
        {
            if (position % CheckedEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            // What lies within a long copy is hardly ever the start of a better one.
            bool isWanted = position >= start && passOver == 0;
            int longest = position + sizeof(ulong) <= data.Length
                ? Insert(data, position, effort, isWanted ? matches : null)
                : 0;
            passOver = isWanted ? Math.Max(longest - 1, 0) : Math.Max(passOver - 1, 0);
            if (position >= start)
            {
                matches.EndPosition();
            }
        }
    }

    // Puts a position at the root of its tree and takes the tree apart to its sides on the way down. Returns the length
    // of a copy that is long enough to end the search, else 0.
    private int Insert(ReadOnlySpan<byte> data, int position, DeflateEffort effort, MatchList? matches)
    {
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(data[position..]) << (64 - (8 * effort.HashLength));
        ref int root = ref _roots[(first * 0x9E3779B97F4A7C15) >> (64 - HashBits)];
        int node = root;
        root = position;
        var children = _children;
        int before = 2 * position;
        int behind = before + 1;
        int limit = Math.Min(data.Length - position, DeflateSymbols.MaxLength);
        int enough = Math.Min(limit, effort.NiceLength);
        int oldest = Math.Max(position - DeflateSymbols.MaxDistance, 0);
        int best = DeflateSymbols.MinLength - 1;
        int commonBefore = 0;
        int commonBehind = 0;
        ref byte here = ref Unsafe.AsRef(in data[position]);
        for (int depth = effort.Depth; node >= oldest && depth > 0; depth--)
        {
            ref byte there = ref Unsafe.AsRef(in data[node]);
            int length = CommonLength(ref there, ref here, Math.Min(commonBefore, commonBehind), limit);
            if (length > best)
            {
                best = length;
                matches?.Add(length, position - node);
            }

            if (length >= enough)
            {
                children[before] = children[2 * node];
                children[behind] = children[(2 * node) + 1];
                return length >= effort.NiceLength ? length : 0;
            }

            if (Unsafe.Add(ref there, length) < Unsafe.Add(ref here, length))
            {
                children[before] = node;
                before = (2 * node) + 1;
                node = children[before];
                commonBefore = length;
            }
            else
            {
                children[behind] = node;
                behind = 2 * node;
                node = children[behind];
                commonBehind = length;
            }
        }

        children[before] = None;
        children[behind] = None;
        return 0;
    }

    // Both have at least so many bytes as the limit says, of which the first ones are known to be the same.
    private static int CommonLength(ref byte there, ref byte here, int length, int limit)
    {
        while (length + sizeof(ulong) <= limit)
        {
            ulong difference = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref there, length)) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, length));
            if (difference != 0)
            {
                return length + ((BitConverter.IsLittleEndian ? BitOperations.TrailingZeroCount(difference) : BitOperations.LeadingZeroCount(difference)) >> 3);
            }

            length += sizeof(ulong);
        }

        while (length < limit && Unsafe.Add(ref there, length) == Unsafe.Add(ref here, length))
        {
            length++;
        }

        return length;
    }
}
