using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>Draws an index with a probability in proportion to its weight: first a block, then a place in it.</summary>
internal sealed class WeightedDraw(Blocks blocks)
{
    private readonly double[] _ofBlock = new double[blocks.Count];

    /// <summary>The sum of all weights, block by block.</summary>
    internal double Total => _ofBlock.Sum();

    /// <summary>Sums the weights of every block.</summary>
    internal void Weigh(ReadOnlySpan<double> weights)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            double sum = 0;
            foreach (double weight in weights.Slice(blocks.Start(block), blocks.Length(block)))
            {
                sum += weight;
            }

            _ofBlock[block] = sum;
        }
    }

    /// <summary>Draws one index. The total is above 0, and an index of weight 0 is never drawn.</summary>
    internal int Next(Xoshiro256 random, double[] weights)
    {
        double target = random.NextDouble() * Total;
        int block = 0;
        while (block < blocks.Count - 1 && target >= _ofBlock[block])
        {
            target -= _ofBlock[block++];
        }

        // Rounding can lead past the last weight of a block, or into one whose weights are all 0: then the nearest
        // index before the place is taken, or else the first after it.
        int last = -1;
        for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
        {
            double weight = weights[i];
            if (weight > 0)
            {
                last = i;
                if (target < weight)
                {
                    return i;
                }

                target -= weight;
            }
        }

        for (int i = blocks.Start(block) - 1; last < 0 && i >= 0; i--)
        {
            last = weights[i] > 0 ? i : -1;
        }

        return last;
    }
}
