using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class MatchFinderTests
{
    private static readonly DeflateEffort Effort = new(Lengths: null, Depth: 64, NiceLength: DeflateSymbols.MaxLength, LeastGain: 0, Rounds: 0, LeastSaving: 0, Granularity: 1024);

    private static readonly Gen<(byte[] Data, int Start)> Cases =
        from values in Gen.Choose(1, 40)
        from length in Gen.Frequency((3, Gen.Choose(1, 400)), (2, Gen.Choose(400, 5000)), (1, Gen.Choose(30_000, 80_000)))
        from start in Gen.Choose(0, Math.Min(length - 1, DeflateSymbols.MaxDistance))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (Repetitive(values, length, seed), start);

    public static TheoryData<bool> Kinds => [true, false];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FindAll_ListsCopiesThatAreThere_LongerOnesLater(bool isTree) =>
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            var matches = new MatchList();
            Make(isTree).FindAll(c.Data, c.Start, Effort, matches, CancellationToken.None);
            for (int position = c.Start; position < c.Data.Length; position++)
            {
                int longest = DeflateSymbols.MinLength - 1;
                int farthest = 0;
                foreach (var copy in matches.At(position - c.Start))
                {
                    int distance = copy.BeforeDistance + 1;
                    Assert.InRange(copy.Length, longest + 1, Math.Min(DeflateSymbols.MaxLength, c.Data.Length - position));
                    Assert.InRange(distance, isTree ? farthest + 1 : 1, Math.Min(DeflateSymbols.MaxDistance, position));
                    Assert.True(c.Data.AsSpan(position, copy.Length).SequenceEqual(c.Data.AsSpan(position - distance, copy.Length)));
                    (longest, farthest) = (copy.Length, distance);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 3)]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    [InlineData(true, 8)]
    [InlineData(false, 8)]
    [InlineData(true, 9)]
    [InlineData(false, 9)]
    [InlineData(true, 15)]
    [InlineData(false, 15)]
    [InlineData(true, 100)]
    [InlineData(false, 100)]
    [InlineData(true, 258)]
    [InlineData(false, 258)]
    public void FindAll_OfACopyOnceBefore_FindsAllOfIt(bool isTree, int length)
    {
        // Ascending bytes without a repetition of three, but for the copy.
        byte[] data = [.. Enumerable.Range(0, 600).SelectMany(i => new[] { (byte)(i / 250), (byte)i })];
        data.AsSpan(302, length).CopyTo(data.AsSpan(601));
        var matches = new MatchList();
        Make(isTree).FindAll(data, 0, Effort, matches, TestContext.Current.CancellationToken);
        Assert.Equal([DeflateToken.Copy(length, 601 - 302)], matches.At(601).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FindAll_OfANearShortAndAFarLongCopy_ListsBoth(bool isTree)
    {
        byte[] data = [.. Enumerable.Range(1, 200).Select(i => (byte)i)];
        data.AsSpan(10, 20).CopyTo(data.AsSpan(150));
        data.AsSpan(10, 5).CopyTo(data.AsSpan(100));
        var matches = new MatchList();
        Make(isTree).FindAll(data, 0, Effort, matches, TestContext.Current.CancellationToken);
        Assert.Equal([DeflateToken.Copy(5, 50), DeflateToken.Copy(20, 140)], matches.At(150).ToArray());
    }

    [Fact]
    public void FindAll_OfACopyWhoseEndsOccurLaterToo_FindsIt()
    {
        // The newest run that begins and ends like the copy has another byte in its middle.
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i / 7))];
        var copied = data.AsSpan(20, 64);
        copied.CopyTo(data.AsSpan(120));
        data[150]++;
        copied.CopyTo(data.AsSpan(220));
        var matches = new MatchList();
        new NewestMatchFinder([3, 64]).FindAll(data, 0, Effort, matches, TestContext.Current.CancellationToken);
        Assert.Equal([DeflateToken.Copy(30, 100), DeflateToken.Copy(64, 200)], matches.At(220).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FindAll_InLongRuns_CopiesTheByteBefore_UpToTheirEnds(bool isTree)
    {
        byte[] data = [.. Repetitive(99, 60, 8), .. new byte[1000], .. Repetitive(99, 90, 9), .. new byte[700], 1, .. new byte[300]];
        var matches = new MatchList();
        Make(isTree).FindAll(data, 0, Effort with { NiceLength = int.MaxValue }, matches, TestContext.Current.CancellationToken);
        for (int position = 1; position + sizeof(ulong) <= data.Length; position++)
        {
            int run = data.AsSpan(position - 1).IndexOfAnyExcept((byte)0) is var end && end < 0 ? data.Length - position : end - 1;
            if (run >= sizeof(ulong))
            {
                Assert.Contains(DeflateToken.Copy(Math.Min(run, DeflateSymbols.MaxLength), 1), matches.At(position).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(false, 0, true)]
    [InlineData(true, 1, false)]
    [InlineData(false, 1, false)]
    public void FindAll_LooksAsFarBackAsDeflateAllows_AndNoFarther(bool isTree, int beyond, bool isFound)
    {
        var data = new byte[DeflateSymbols.MaxDistance + 100];
        byte[] word = [1, 2, 3, 4, 5, 6];
        word.CopyTo(data, 40);
        word.CopyTo(data, 40 + DeflateSymbols.MaxDistance + beyond);
        var matches = new MatchList();
        Make(isTree).FindAll(data, 40, Effort, matches, TestContext.Current.CancellationToken);
        Assert.Equal(isFound, matches.At(DeflateSymbols.MaxDistance + beyond).ToArray().Any(copy => copy.BeforeDistance + 1 == DeflateSymbols.MaxDistance));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FindAll_OnceMore_KnowsNothingOfTheDataBefore(bool isTree)
    {
        byte[] data = Repetitive(9, 3000, 5);
        var fresh = new MatchList();
        Make(isTree).FindAll(data, 100, Effort, fresh, TestContext.Current.CancellationToken);
        var used = new MatchList();
        var finder = Make(isTree);
        finder.FindAll(Repetitive(9, 50_000, 6), 100, Effort, used, TestContext.Current.CancellationToken);
        finder.FindAll(data, 100, Effort, used, TestContext.Current.CancellationToken);
        for (int position = 0; position < data.Length - 100; position++)
        {
            Assert.True(fresh.At(position).SequenceEqual(used.At(position)));
        }
    }

    private static MatchFinder Make(bool isTree) => isTree ? new TreeMatchFinder() : new NewestMatchFinder([3, 4, 5, 6, 7, 8, 10, 12, 16, 24]);

    private static byte[] Repetitive(int values, int length, int seed)
    {
        var random = new Random(seed);
        var data = new byte[length];
        for (int i = 0; i < length;)
        {
            int copied = i == 0 ? 0 : Math.Min(random.Next(2) * random.Next(60), length - i);
            int from = copied == 0 ? 0 : random.Next(i);
            for (int end = i + copied; i < end;)
            {
                data[i++] = data[from++];
            }

            if (i < length)
            {
                data[i++] = (byte)random.Next(values);
            }
        }

        return data;
    }
}
