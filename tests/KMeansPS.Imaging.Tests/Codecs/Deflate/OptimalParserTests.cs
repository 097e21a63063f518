using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class OptimalParserTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 40)]
    [InlineData(3, 700)]
    [InlineData(4, 5000)]
    [InlineData(20, 5000)]
    public void Parse_CostsAsLittleAsTryingEachLengthOfEachCopy(int values, int length)
    {
        var random = new Random(length);
        var data = new byte[length];
        for (int i = 0; i < length; i++)
        {
            data[i] = i > 300 && random.Next(30) > 0 ? data[i - 300 + random.Next(2)] : (byte)random.Next(values);
        }

        var matches = new MatchList();
        new TreeMatchFinder().FindAll(data, 0, new(null, 32, DeflateSymbols.MaxLength, 0, 0, 0, 1024), matches, TestContext.Current.CancellationToken);
        var model = new CostModel();
        model.Guess(data);
        var parser = new OptimalParser();
        foreach (var (start, end) in new[] { (0, length), (length / 3, length - (length / 4)) })
        {
            var tokens = new DeflateToken[end - start];
            int count = parser.Parse(data, start, end, matches, model, tokens, TestContext.Current.CancellationToken);
            Assert.Equal(end - start, tokens.AsSpan(0, count).ToArray().Sum(token => token.Span));
            Assert.Equal(LeastCost(data, start, end, matches, model), tokens.AsSpan(0, count).ToArray().Sum(token => Cost(token, model)));
        }
    }

    private static int Cost(DeflateToken token, CostModel model) => token.IsLiteral
        ? model.Literals[(int)token.Bits]
        : model.Lengths[token.Length] + model.Distances[DeflateSymbols.Distance(token.BeforeDistance)];

    // Each length from its nearest copy, as the parser has it.
    private static int LeastCost(byte[] data, int start, int end, MatchList matches, CostModel model)
    {
        var costs = new int[end - start + 1];
        for (int position = end - 1; position >= start; position--)
        {
            int least = model.Literals[data[position]] + costs[position + 1 - start];
            for (int length = DeflateSymbols.MinLength; length <= end - position; length++)
            {
                foreach (var match in matches.At(position))
                {
                    if (match.Length >= length)
                    {
                        least = Math.Min(least, Cost(DeflateToken.Copy(length, match.BeforeDistance + 1), model) + costs[position + length - start]);
                        break;
                    }
                }
            }

            costs[position - start] = least;
        }

        return costs[0];
    }
}
