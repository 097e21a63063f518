using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class HuffmanCodeTests
{
    [Fact]
    public void FindLengths_WithRoomEnough_CostsWhatHuffmansMethodCosts()
    {
        var random = new Random(1);
        for (int run = 0; run < 200; run++)
        {
            int[] counts = [.. Enumerable.Range(0, random.Next(2, 60)).Select(_ => random.Next(3) == 0 ? 0 : random.Next(1, 200))];
            if (counts.Count(count => count > 0) < 2)
            {
                continue;
            }

            byte[] lengths = new byte[counts.Length];
            HuffmanCode.FindLengths(counts, 15, lengths);
            Assert.Equal(CostByHuffman(counts), counts.Zip(lengths, (count, length) => (long)count * length).Sum());
        }
    }

    [Fact]
    public void FindLengths_KeepsTheLimit_AndTheCodeIsComplete()
    {
        // Fibonacci's numbers make the deepest trees.
        int[] counts = new int[30];
        (counts[0], counts[1]) = (1, 1);
        for (int i = 2; i < counts.Length; i++)
        {
            counts[i] = counts[i - 1] + counts[i - 2];
        }

        for (int limit = 5; limit <= 15; limit++)
        {
            byte[] lengths = new byte[counts.Length];
            HuffmanCode.FindLengths(counts, limit, lengths);
            Assert.Equal(limit, lengths.Max());
            Assert.Equal(1 << limit, lengths.Sum(length => 1 << (limit - length)));
        }
    }

    [Fact]
    public void FindLengths_OfOneSymbol_GivesItOneBit()
    {
        byte[] lengths = new byte[3];
        HuffmanCode.FindLengths([0, 9, 0], 15, lengths);
        Assert.Equal([0, 1, 0], lengths);
    }

    [Fact]
    public void AssignWords_GivesTheExampleOfTheStandard()
    {
        // RFC 1951, 3.2.2: A to H of 3, 3, 3, 3, 3, 2, 4, 4 bits are 010, 011, 100, 101, 110, 00, 1110, 1111.
        ushort[] words = new ushort[8];
        HuffmanCode.AssignWords([3, 3, 3, 3, 3, 2, 4, 4], words);
        Assert.Equal([0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111], words.Select(word => (int)word));
    }

    private static long CostByHuffman(int[] counts)
    {
        var queue = new PriorityQueue<long, long>(counts.Where(count => count > 0).Select(count => ((long)count, (long)count)));
        long cost = 0;
        while (queue.Count > 1)
        {
            long sum = queue.Dequeue() + queue.Dequeue();
            cost += sum;
            queue.Enqueue(sum, sum);
        }

        return cost;
    }
}
