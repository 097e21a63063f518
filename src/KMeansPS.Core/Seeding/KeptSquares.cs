using System.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// The squared distances that were measured for one candidate in a block, of the points nearer to it, in their order:
/// if it is chosen they are not measured again.
/// </summary>
/// <param name="room">So many are kept; of more there are none.</param>
internal sealed class KeptSquares<T>(Memory<T> room)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int None = -1;

    private int _count;
    private int _candidate = None;

    /// <summary>Keeps nothing.</summary>
    internal void Clear() => _candidate = None;

    /// <summary>Keeps what is added from here on.</summary>
    internal void Begin(int candidate)
    {
        _candidate = candidate;
        _count = 0;
    }

    internal void Add(T square)
    {
        if (_count == room.Length)
        {
            _candidate = None;
            return;
        }

        room.Span[_count++] = square;
    }

    /// <summary>Whether the squares of a candidate are here.</summary>
    internal bool Of(int candidate, out ReadOnlySpan<T> squares)
    {
        squares = candidate == _candidate ? room.Span[.._count] : [];
        return candidate == _candidate;
    }
}
