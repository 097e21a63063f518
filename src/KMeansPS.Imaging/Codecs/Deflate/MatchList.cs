namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// The copies that are possible at each position of a segment, packed as <see cref="DeflateToken"/>: at a position they
/// ascend in length, and but for rare collisions of hashes in distance, so that each length has its nearest distance.
/// </summary>
internal sealed class MatchList
{
    private const int UsualForEachPosition = 2;
    private int[] _ends = [];
    private DeflateToken[] _matches = [];
    private int _positions;
    private int _count;

    /// <summary>The copies at a position.</summary>
    internal ReadOnlySpan<DeflateToken> At(int position)
    {
        int start = position == 0 ? 0 : _ends[position - 1];
        return _matches.AsSpan(start, _ends[position] - start);
    }

    /// <summary>Forgets everything.</summary>
    /// <param name="positions">How many positions will come.</param>
    internal void Clear(int positions)
    {
        if (_ends.Length < positions)
        {
            _ends = new int[positions];
            _matches = new DeflateToken[UsualForEachPosition * positions];
        }

        _positions = 0;
        _count = 0;
    }

    /// <summary>Adds a copy at the position where the list stands.</summary>
    internal void Add(int length, int distance)
    {
        Room(1)[0] = DeflateToken.Copy(length, distance);
        Take(1);
    }

    /// <summary>Room for copies at the position where the list stands, which <see cref="Take"/> then adds.</summary>
    internal Span<DeflateToken> Room(int most)
    {
        if (_matches.Length - _count < most)
        {
            Array.Resize(ref _matches, (2 * _count) + most);
        }

        return _matches.AsSpan(_count, most);
    }

    /// <summary>Adds the first copies of the room.</summary>
    internal void Take(int count) => _count += count;

    /// <summary>Takes away the last copy.</summary>
    internal DeflateToken RemoveLast() => _matches[--_count];

    /// <summary>Goes on to the next position.</summary>
    internal void EndPosition() => _ends[_positions++] = _count;
}
