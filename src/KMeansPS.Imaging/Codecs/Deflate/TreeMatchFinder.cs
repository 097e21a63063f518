namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Compares many earlier occurrences: a binary search tree, by what follows, of the earlier positions whose first bytes
/// have the same hash, the newest at its root (Bell 1986, "Better OPM/L text compression"; in the form that Pavlov's
/// LZMA made known).
/// </summary>
internal sealed class TreeMatchFinder : MatchFinder
{
    private const int HashBits = 16;
    private const int None = -1;
    private readonly int[] _roots = new int[1 << HashBits];

    // Of each position first the tree of what sorts before it, then that of what sorts behind it.
    private int[] _children = [];

    /// <inheritdoc/>
    protected override void Start(ReadOnlySpan<byte> data)
    {
        _roots.AsSpan().Fill(None);
        if (_children.Length < 2 * data.Length)
        {
            _children = new int[2 * data.Length];
        }
    }

    /// <inheritdoc/>
    /// <remarks>Puts the position at the root of its tree and takes the tree apart to its sides on the way down.</remarks>
    protected override int Insert(ReadOnlySpan<byte> data, int position, DeflateEffort effort, MatchList? matches)
    {
        ulong first = Word(data, position) << (64 - (8 * DeflateSymbols.MinLength));
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
        for (int depth = effort.Depth; node >= oldest && depth > 0; depth--)
        {
            int length = CommonLength(data, node, position, Math.Min(commonBefore, commonBehind), limit);
            if (length > best)
            {
                best = length;
                matches?.Add(length, position - node);
            }

            if (length >= enough)
            {
                children[before] = children[2 * node];
                children[behind] = children[(2 * node) + 1];
                return length;
            }

            if (data[node + length] < data[position + length])
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
        return best;
    }
}
