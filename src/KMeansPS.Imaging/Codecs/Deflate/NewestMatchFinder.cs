using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Compares one earlier occurrence for each of several lengths: the newest whose first so many bytes have the same hash,
/// which is the nearest copy of this length or more. A few loads and hardly a branch that a processor could guess wrongly.
/// </summary>
internal sealed class NewestMatchFinder : MatchFinder
{
    // Tables for each length of 3 to 8, which is one word, and for a few beyond it.
    private const int WordLength = sizeof(ulong);
    private const int ShortCount = WordLength - DeflateSymbols.MinLength + 1;
    private const int MostHashBits = 16;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const ulong OtherMultiplier = 0xD6E8FEB86659FD93;
    private readonly ushort[] _found = new ushort[ShortCount + LongLengths.Length];
    private int _hashBits;

    // Positions modulo 65536, which is enough to tell the distances that deflate has.
    private ushort[] _newest = [];

    private static ReadOnlySpan<byte> LongLengths => [10, 12, 16, 24];

    /// <inheritdoc/>
    protected override void Clear(int length)
    {
        _hashBits = Math.Min(BitOperations.Log2((uint)length) + 1, MostHashBits);
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
        int length = data.Length - position;
        int tables = InsertShort(first, position);
        if (length >= LongLengths[^1])
        {
            tables = InsertLong(data, first, position);
        }

        if (matches == null)
        {
            return 0;
        }

        int limit = Math.Min(length, DeflateSymbols.MaxLength);
        int best = ListShort(data, first, position, matches);
        return best < WordLength ? best : ListLong(data, position, limit, tables, matches);
    }

    private int InsertShort(ulong first, int position)
    {
        for (int i = 0; i < ShortCount; i++)
        {
            Exchange(i, (first & (ulong.MaxValue >> (8 * (ShortCount - 1 - i)))) * Multiplier, position);
        }

        return ShortCount;
    }

    private int InsertLong(ReadOnlySpan<byte> data, ulong first, int position)
    {
        for (int i = 0; i < LongLengths.Length; i++)
        {
            ulong last = Word(data, position + LongLengths[i] - WordLength);
            Exchange(ShortCount + i, ((first * Multiplier) + last) * OtherMultiplier, position);
        }

        return _found.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Exchange(int table, ulong hash, int position)
    {
        ref ushort newest = ref _newest[(table << _hashBits) + (int)(hash >> (64 - _hashBits))];
        _found[table] = newest;
        newest = (ushort)position;
    }

    // Copies of the first word: masks instead of branches, as whether a candidate is any good is a matter of luck.
    private int ListShort(ReadOnlySpan<byte> data, ulong first, int position, MatchList matches)
    {
        int farthest = Math.Min(position, DeflateSymbols.MaxDistance);
        int best = DeflateSymbols.MinLength - 1;
        var list = matches.Room(ShortCount);
        var found = _found.AsSpan(0, ShortCount);
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

    private int ListLong(ReadOnlySpan<byte> data, int position, int limit, int tables, MatchList matches)
    {
        int farthest = Math.Min(position, DeflateSymbols.MaxDistance);
        int distance = matches.RemoveLast().BeforeDistance + 1;
        int best = CommonLength(data, position - distance, position, WordLength, limit);
        matches.Add(best, distance);
        for (int i = ShortCount; i < tables && (i == ShortCount || best >= LongLengths[i - 1 - ShortCount]); i++)
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
