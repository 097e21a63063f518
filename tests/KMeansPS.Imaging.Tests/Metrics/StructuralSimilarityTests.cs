using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Tests.Metrics;

public class StructuralSimilarityTests
{
    // Sizes around those of a tile, its vectors and its border.
    [Theory]
    [InlineData(11, 11, true)]
    [InlineData(12, 30, false)]
    [InlineData(17, 11, true)]
    [InlineData(74, 75, true)]
    [InlineData(75, 74, false)]
    [InlineData(139, 20, true)]
    public void Of_IsThePlainFormula(int width, int height, bool opaque)
    {
        var first = Pictures.Random(width, height, 256, opaque, width);
        var second = Pictures.Random(width, height, 5, opaque, height);

        Assert.Equal(Plain(first, second, opaque), StructuralSimilarity.Of(first, second), 1e-12);
    }

    [Theory]
    [InlineData(10, 40)]
    [InlineData(40, 10)]
    public void Of_WhereNoWindowFits_IsNoNumber(int width, int height)
    {
        var picture = Pictures.Random(width, height, 5, opaque: true, seed: 1);

        Assert.Equal(double.NaN, StructuralSimilarity.Of(picture, picture));
    }

    [Fact]
    public void Of_WhatCannotBeSeen_DoesNotCount()
    {
        var first = Pictures.Random(20, 20, 256, opaque: true, seed: 1);
        var second = Pictures.Of(20, 20, first.Pixels.ToArray());
        first.Pixels[210] = new Rgba(1, 2, 3, 0);
        second.Pixels[210] = new Rgba(250, 120, 0, 0);

        Assert.Equal(1, StructuralSimilarity.Of(first, second), 1e-12);
    }

    private static double Plain(PixelImage first, PixelImage second, bool opaque)
    {
        double sum = 0;
        int count = 0;
        int[] grounds = opaque ? [0] : [0, 255];
        foreach (int ground in grounds)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                for (int y = 5; y < first.Height - 5; y++)
                {
                    for (int x = 5; x < first.Width - 5; x++, count++)
                    {
                        sum += Window(first, second, x, y, channel, ground);
                    }
                }
            }
        }

        return sum / count;
    }

    private static double Window(PixelImage first, PixelImage second, int x, int y, int channel, int ground)
    {
        double weights = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (int dy = -5; dy <= 5; dy++)
        {
            for (int dx = -5; dx <= 5; dx++)
            {
                double weight = Math.Exp(-((dx * dx) + (dy * dy)) / (2 * 1.5 * 1.5));
                double p = Level(first.Row(y + dy)[x + dx], channel, ground);
                double q = Level(second.Row(y + dy)[x + dx], channel, ground);
                weights += weight;
                a += weight * p;
                b += weight * q;
                aa += weight * p * p;
                bb += weight * q * q;
                ab += weight * p * q;
            }
        }

        a /= weights;
        b /= weights;
        double c1 = Math.Pow(0.01 * 255, 2);
        double c2 = Math.Pow(0.03 * 255, 2);
        double variances = ((aa + bb) / weights) - (a * a) - (b * b);
        return ((2 * a * b) + c1) * ((2 * ((ab / weights) - (a * b))) + c2) / (((a * a) + (b * b) + c1) * (variances + c2));
    }

    private static double Level(Rgba pixel, int channel, int ground)
    {
        byte level = channel switch { 0 => pixel.R, 1 => pixel.G, _ => pixel.B };
        double share = pixel.A / 255.0;
        return (level * share) + (ground * (1 - share));
    }
}
