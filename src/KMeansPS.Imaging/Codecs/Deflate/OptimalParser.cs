namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Chooses the tokens of least cost: the shortest way through a graph with an edge for each literal and each possible
/// copy, from the end to the start (Storer and Szymanski 1982; with costs that are learnt from the last choice as in
/// Alakuijala and Vandevenne 2013, "Data compression using Zopfli").
/// </summary>
internal sealed class OptimalParser
{
    private const int CheckedEvery = 1 << 13;
    private int[] _costs = [];
    private DeflateToken[] _choices = [];

    /// <summary>Chooses tokens for a part of a segment.</summary>
    /// <param name="segment">The bytes of the segment.</param>
    /// <param name="start">Where the part starts.</param>
    /// <param name="end">Where it ends; no copy goes beyond.</param>
    /// <param name="matches">The possible copies at each position of the segment.</param>
    /// <param name="model">What tokens cost.</param>
    /// <param name="tokens">At least as many as the part has bytes.</param>
    /// <param name="cancellationToken">Looked at every few kilobytes.</param>
    /// <returns>How many tokens were chosen.</returns>
    internal int Parse(
        ReadOnlySpan<byte> segment, int start, int end, MatchList matches, CostModel model, Span<DeflateToken> tokens, CancellationToken cancellationToken)
    {
        if (_choices.Length < end - start)
        {
            _choices = new DeflateToken[end - start];
            _costs = new int[end - start + 1];
        }

        var literals = model.Literals;
        var costs = _costs.AsSpan(0, end - start + 1);
        costs[^1] = 0;
        for (int position = end - 1; position >= start; position--)
        {
            if (position % CheckedEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            byte literal = segment[position];
            var ahead = costs[(position - start + 1)..];
            var choice = new DeflateToken(literal);
            int least = literals[literal] + ahead[0];
            var possible = matches.At(position);
            if (!possible.IsEmpty)
            {
                Choose(possible, ahead, model, ref choice, ref least);
            }

            costs[position - start] = least;
            _choices[position - start] = choice;
        }

        int count = 0;
        for (int position = 0; position < end - start; position += tokens[count++].Span)
        {
            tokens[count] = _choices[position];
        }

        return count;
    }

    // Of ahead, the first is the cost from the next position on.
    private static void Choose(ReadOnlySpan<DeflateToken> possible, ReadOnlySpan<int> ahead, CostModel model, ref DeflateToken choice, ref int least)
    {
        var lengths = model.Lengths;
        var distances = model.Distances;
        int length = DeflateSymbols.MinLength;
        foreach (var match in possible)
        {
            int ofDistance = distances[DeflateSymbols.Distance(match.BeforeDistance)];
            for (int longest = Math.Min(match.Length, ahead.Length); length <= longest; length++)
            {
                int cost = ahead[length - 1] + lengths[length] + ofDistance;
                if (cost < least)
                {
                    least = cost;
                    choice = DeflateToken.Copy(length, match.BeforeDistance + 1);
                }
            }
        }
    }
}
