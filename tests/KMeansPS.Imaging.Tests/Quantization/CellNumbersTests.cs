using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class CellNumbersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1L << 40)] // keys that differ in their upper bits alone
    [InlineData(4096)]
    public void Of_GivesEachKeyTheNumberOfItsFirstAppearance(long step)
    {
        var random = new Random(4);
        var numbers = new CellNumbers();
        var expected = new Dictionary<long, int>();
        for (int i = 0; i < 60_000; i++)
        {
            long key = (random.Next(20_000) - 10_000) * step;
            expected.TryAdd(key, expected.Count);
            Assert.Equal(expected[key], numbers.Of(key));
        }

        Assert.Equal(expected.Count, numbers.Count);
    }
}
