using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Finds earlier occurrences of what follows a position.</summary>
internal abstract class MatchFinder
{
    private const int CheckedEvery = 1 << 13;

    /// <summary>Makes the finder that an effort asks for.</summary>
    internal static MatchFinder For(DeflateEffort effort) =>
        effort.Lengths is { } lengths ? new NewestMatchFinder(lengths) : new TreeMatchFinder();

    /// <summary>Lists possible copies of every position of a segment.</summary>
    /// <param name="data">The window before the segment, and the segment.</param>
    /// <param name="start">Where the segment starts.</param>
    /// <param name="effort">How far to search.</param>
    /// <param name="matches">The list, cleared here.</param>
    /// <param name="cancellationToken">Looked at every few kilobytes.</param>
    internal void FindAll(ReadOnlySpan<byte> data, int start, DeflateEffort effort, MatchList matches, CancellationToken cancellationToken)
    {
        Start(data);
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
            passOver = isWanted && longest >= effort.NiceLength ? longest - 1 : Math.Max(passOver - 1, 0);
            if (position >= start)
            {
                matches.EndPosition();
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    /// <param name="data">The data, whose positions will come.</param>
    protected abstract void Start(ReadOnlySpan<byte> data);

    /// <summary>Takes in a position.</summary>
    /// <param name="data">The data, of which at least eight bytes follow the position.</param>
    /// <param name="position">The position; those before it have been taken in.</param>
    /// <param name="effort">How far to search.</param>
    /// <param name="matches">Takes the copies that are possible there; null where they are not wanted.</param>
    /// <returns>The length of the longest copy that was listed, or less where none was.</returns>
    protected abstract int Insert(ReadOnlySpan<byte> data, int position, DeflateEffort effort, MatchList? matches);

    /// <summary>How many bytes are the same at two positions.</summary>
    /// <param name="data">The data.</param>
    /// <param name="there">The earlier position.</param>
    /// <param name="here">The later position.</param>
    /// <param name="length">So many are known to be the same.</param>
    /// <param name="limit">So many are enough; no more than follow the later position.</param>
    protected static int CommonLength(ReadOnlySpan<byte> data, int there, int here, int length, int limit)
    {
        for (; length + sizeof(ulong) <= limit; length += sizeof(ulong))
        {
            ulong difference = Word(data, there + length) ^ Word(data, here + length);
            if (difference != 0)
            {
                return length + (BitOperations.TrailingZeroCount(difference) >> 3);
            }
        }

        while (length < limit && data[there + length] == data[here + length])
        {
            length++;
        }

        return length;
    }

    /// <summary>The eight bytes from a position on, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ulong Word(ReadOnlySpan<byte> data, int position)
    {
        Debug.Assert(position >= 0 && position + sizeof(ulong) <= data.Length);
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), position));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
