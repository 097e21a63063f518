using System.Numerics;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Chooses the tokens of least cost: the shortest way through a graph with an edge for each literal and each possible
/// copy, from the end to the start (Storer and Szymanski 1982; with costs that are learnt from the last choice as in
/// Alakuijala and Vandevenne 2013, "Data compression using Zopfli").
/// </summary>
internal sealed class OptimalParser
{
    private const int CheckedEvery = 1 << 13;
    private const int OutOfReach = 1 << 30;
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
        int length = end - start;
        if (_choices.Length < length)
        {
            _choices = new DeflateToken[length];
            _costs = new int[length + 1 + CostModel.PaddedLengths];
        }

        // What lies behind the end is out of reach.
        var costs = _costs.AsSpan(0, length + 1 + CostModel.PaddedLengths);
        costs[length] = 0;
        costs[(length + 1)..].Fill(OutOfReach);
        var literals = model.Literals;
        for (int at = length - 1; at >= 0; at--)
        {
            if (at % CheckedEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            byte literal = segment[start + at];
            var choice = new DeflateToken(literal);
            int least = literals[literal] + costs[at + 1];
            var possible = matches.At(start + at);
            if (!possible.IsEmpty)
            {
                Choose(possible, costs[at..], model, ref choice, ref least);
            }

            costs[at] = least;
            _choices[at] = choice;
        }

        int count = 0;
        for (int at = 0; at < length; at += tokens[count++].Span)
        {
            tokens[count] = _choices[at];
        }

        return count;
    }

    // Of each length the nearest copy, several lengths at a time. The costs are those from the position itself on.
    private static void Choose(ReadOnlySpan<DeflateToken> possible, ReadOnlySpan<int> costs, CostModel model, ref DeflateToken choice, ref int least)
    {
        var lengths = model.Lengths;
        var distances = model.Distances;
        int length = DeflateSymbols.MinLength;
        foreach (var match in possible)
        {
            int ofDistance = distances[DeflateSymbols.Distance(match.BeforeDistance)];
            for (; length <= match.Length; length += Vector512<int>.Count)
            {
                var sums = Vector512.Create(costs[length..]) + Vector512.Create(lengths[length..]) + Vector512.Create(ofDistance);
                ulong less = Vector512.LessThan(sums, Vector512.Create(least)).ExtractMostSignificantBits();
                for (less &= ulong.MaxValue >> Math.Max(63 - (match.Length - length), 0); less != 0; less &= less - 1)
                {
                    int candidate = length + BitOperations.TrailingZeroCount(less);
                    int cost = costs[candidate] + lengths[candidate] + ofDistance;
                    if (cost < least)
                    {
                        least = cost;
                        choice = DeflateToken.Copy(candidate, match.BeforeDistance + 1);
                    }
                }
            }

            length = match.Length + 1;
        }
    }
}
