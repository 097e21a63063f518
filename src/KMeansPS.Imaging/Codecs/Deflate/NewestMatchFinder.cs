using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Compares one earlier occurrence for each of several lengths: the newest whose first so many bytes have the same hash,
/// which is the nearest copy of this length or more. A few loads and hardly a branch that a processor could guess wrongly.
/// </summary>
/// <param name="lengths">The lengths, ascending.</param>
internal sealed class NewestMatchFinder(byte[] lengths) : MatchFinder
{
    private const int WordLength = sizeof(ulong);
    private const int MostHashBits = 16;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Those lengths whose bytes are in one word.
    private readonly int _shortCount = lengths.Count(length => length <= WordLength);
    private readonly ushort[] _found = new ushort[lengths.Length];

    // The others. Their hashes are of all their bytes: runs that begin and end alike are common in drawings.
    private readonly (int Length, ulong Power)[] _longLengths =
        [.. lengths.Where(length => length > WordLength).Select(length => ((int)length, PrefixHashes.Power(length)))];
    private readonly PrefixHashes _hashes = new();
    private int _hashBits;
    private int _runEnd;

    // A table for each length, of positions modulo 65536: enough to tell the distances that deflate has.
    private ushort[] _newest = [];

    /// <inheritdoc/>
    protected override void Start(ReadOnlySpan<byte> data)
    {
        _hashes.Start(data);
        _runEnd = 0;
        _hashBits = Math.Min(BitOperations.Log2((uint)data.Length) + 1, MostHashBits);
        int size = _found.Length << _hashBits;
        if (_newest.Length < size)
        {
            _newest = new ushort[size];
        }
        else
        {
            _newest.AsSpan(0, size).Clear();
        }
    }

    /// <inheritdoc/>
    protected override int Insert(ReadOnlySpan<byte> data, int position, DeflateEffort effort, MatchList? matches)
    {
        ulong first = Word(data, position);
        if (first == BitOperations.RotateLeft(first, 8) && RunBehindItself(data, position) is var run && run >= DeflateSymbols.MaxLength)
        {
            // Of a long run only the end has to be known: what is newest of all before it would be the position before.
            if (run == DeflateSymbols.MaxLength)
            {
                InsertShort(first, position);
                InsertLong(position, lengths.Length);
            }

            matches?.Add(DeflateSymbols.MaxLength, 1);
            return DeflateSymbols.MaxLength;
        }

        int tables = data.Length - position >= lengths[^1] ? lengths.Length : CountUpTo(data.Length - position);
        InsertShort(first, position);
        if (tables > _shortCount)
        {
            InsertLong(position, tables);
        }

        if (matches == null)
        {
            return 0;
        }

        int best = ListShort(data, first, position, matches);
        return best < WordLength ? best : ListLong(data, position, tables, matches);
    }

    // How long the run of one byte is from here on, if the byte before belongs to it; else 0.
    private int RunBehindItself(ReadOnlySpan<byte> data, int position)
    {
        if (position == 0 || data[position - 1] != data[position])
        {
            return 0;
        }

        if (position >= _runEnd)
        {
            int length = data[position..].IndexOfAnyExcept(data[position]);
            _runEnd = length < 0 ? data.Length : position + length;
        }

        return _runEnd - position;
    }

    private int CountUpTo(int length)
    {
        int count = _shortCount;
        while (count < lengths.Length && lengths[count] <= length)
        {
            count++;
        }

        return count;
    }

    private void InsertShort(ulong first, int position)
    {
        for (int i = 0; i < _shortCount; i++)
        {
            Exchange(i, (first & (ulong.MaxValue >> (64 - (8 * lengths[i])))) * Multiplier, position);
        }
    }

    private void InsertLong(int position, int tables)
    {
        var prefixes = _hashes.From(position);
        int table = _shortCount;
        foreach (var (length, power) in _longLengths.AsSpan(0, tables - _shortCount))
        {
            Exchange(table++, PrefixHashes.Of(prefixes, length, power), position);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Exchange(int table, ulong hash, int position)
    {
        ref ushort newest = ref _newest[(table << _hashBits) + (int)(hash >> (64 - _hashBits))];
        _found[table] = newest;
        newest = (ushort)position;
    }

    // Masks instead of branches, as whether a candidate is any good is a matter of luck.
    private int ListShort(ReadOnlySpan<byte> data, ulong first, int position, MatchList matches)
    {
        int farthest = Math.Min(position, DeflateSymbols.MaxDistance);
        int best = DeflateSymbols.MinLength - 1;
        var found = _found.AsSpan(0, _shortCount);
        var list = matches.Room(found.Length);
        int count = 0;
        for (int i = 0; i < found.Length; i++)
        {
            int distance = (ushort)(position - found[i]);
            int isValid = ~((distance - 1) | (farthest - distance)) >> 31;
            ulong difference = first ^ Word(data, position - (distance & isValid));
            int length = (BitOperations.TrailingZeroCount(difference) >> 3) & isValid;
            int isLonger = (best - length) >> 31;
            list[count] = DeflateToken.Copy(length, distance);
            count -= isLonger;
            best += (length - best) & isLonger;
        }

        matches.Take(count);
        return best;
    }

    // The last copy of the list has a whole word.
    private int ListLong(ReadOnlySpan<byte> data, int position, int tables, MatchList matches)
    {
        int limit = Math.Min(data.Length - position, DeflateSymbols.MaxLength);
        int farthest = Math.Min(position, DeflateSymbols.MaxDistance);
        int distance = matches.RemoveLast().BeforeDistance + 1;
        int best = CommonLength(data, position - distance, position, WordLength, limit);
        matches.Add(best, distance);
        for (int i = _shortCount; i < tables && best >= lengths[i - 1]; i++)
        {
            distance = (ushort)(position - _found[i]);
            if (distance > 0 && distance <= farthest)
            {
                int length = CommonLength(data, position - distance, position, 0, limit);
                if (length > best)
                {
                    best = length;
                    matches.Add(length, distance);
                }
            }
        }

        return best;
    }
}
