using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

/// <summary>Every vector form must equal its plain twin.</summary>
public sealed class JpegVectorTests
{
    [Fact]
    public void InverseDct_AnyBlock_VectorEqualsScalar()
    {
        var random = new Random(1);
        short[] coefficients = new short[64];
        short[] quantization = new short[64];
        byte[] vector = new byte[64 + (7 * 3)];
        byte[] scalar = new byte[vector.Length];
        for (int round = 0; round < 5000; round++)
        {
            int range = 1 << random.Next(1, 16);
            int density = random.Next(1, 64);
            for (int i = 0; i < 64; i++)
            {
                coefficients[i] = (short)(random.Next(64) <= density ? random.Next(-range, range) : 0);
                quantization[i] = (short)random.Next(1, round % 10 == 0 ? 65536 : 256);
            }

            InverseDct.TransformScalar(coefficients, quantization, scalar, 11);
            InverseDctVector128.Transform(coefficients, quantization, vector, 11);
            Assert.Equal(scalar, vector);
            Array.Clear(vector);
            InverseDctVector256.Transform(coefficients, quantization, vector, 11);
            Assert.Equal(scalar, vector);
        }
    }

    [Fact]
    public void InverseDct_DcOnly_EqualsTheWholeTransform()
    {
        short[] coefficients = new short[64];
        short[] quantization = [.. Enumerable.Repeat((short)3, 64)];
        byte[] whole = new byte[64];
        byte[] quick = new byte[64];
        for (int dc = -2048; dc < 2048; dc++)
        {
            coefficients[0] = (short)dc;
            InverseDct.TransformScalar(coefficients, quantization, whole, 8);
            InverseDct.TransformDcOnly(dc, 3, quick, 8);
            Assert.Equal(whole, quick);
        }
    }

    [Fact]
    public void YCbCrToRgba_EveryChroma_VectorEqualsScalar()
    {
        byte[] luma = new byte[256];
        byte[] cb = new byte[256];
        byte[] cr = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        uint[] fast = new uint[256];
        uint[] plain = new uint[256];
        for (int y = 0; y < 256; y += 5)
        {
            for (int b = 0; b < 256; b++)
            {
                Array.Fill(luma, (byte)y);
                Array.Fill(cb, (byte)b);
                ColorConverter.YCbCrToRgba(luma, cb, cr, fast);
                ColorConverter.YCbCrToRgbaScalar(luma, cb, cr, plain);
                Assert.Equal(plain, fast);
                Assert.Equal(256, YCbCrVector128.Convert(luma, cb, cr, fast));
                Assert.Equal(plain, fast);
                Assert.Equal(256, YCbCrVector256.Convert(luma, cb, cr, fast));
                Assert.Equal(plain, fast);
            }
        }
    }

    [Fact]
    public void YCbCrToRgba_EveryLength_VectorEqualsScalar()
    {
        for (int length = 0; length < 70; length++)
        {
            byte[] samples = Samples(length + 40, seed: length);
            uint[] fast = new uint[length];
            uint[] plain = new uint[length];
            ColorConverter.YCbCrToRgba(samples, samples.AsSpan(20), samples.AsSpan(40), fast);
            ColorConverter.YCbCrToRgbaScalar(samples, samples.AsSpan(20), samples.AsSpan(40), plain);
            Assert.Equal(plain, fast);
        }
    }

    [Fact]
    public void TriangleFilter_EveryLength_VectorEqualsScalar()
    {
        for (int length = 1; length < 80; length++)
        {
            byte[] near = Samples(length, seed: length);
            byte[] far = Samples(length, seed: -length);
            ushort[] sums = new ushort[length + 2];
            ushort[] plainSums = new ushort[length + 2];
            TriangleFilter.SumRows(near, far, sums.AsSpan(1));
            TriangleFilter.SumRowsScalar(near, far, plainSums.AsSpan(1), 0);
            Assert.Equal(plainSums, sums);

            foreach (int width in new[] { 2 * length, (2 * length) - 1 })
            {
                byte[] doubled = new byte[width];
                byte[] plain = new byte[width];
                TriangleFilter.DoubleSums(sums, doubled);
                TriangleFilter.DoubleScalar(sums, plain, 4, 8, 7, 0);
                Assert.Equal(plain, doubled);

                TriangleFilter.DoubleColumns(near, doubled, new ushort[length + 2]);
                ushort[] wide = [near[0], .. near.Select(sample => (ushort)sample), near[^1]];
                TriangleFilter.DoubleScalar(wide, plain, 2, 1, 2, 0);
                Assert.Equal(plain, doubled);
            }

            byte[] blended = new byte[length];
            byte[] plainBlend = new byte[length];
            TriangleFilter.BlendRows(near, far, 2, blended);
            TriangleFilter.BlendRowsScalar(near, far, 2, plainBlend, 0);
            Assert.Equal(plainBlend, blended);
        }
    }

    [Fact]
    public void MultiplyByBlack_EveryPair_RoundsToTheNearest()
    {
        byte[] black = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        uint[] pixels = new uint[256];
        for (uint c = 0; c < 256; c++)
        {
            Array.Fill(pixels, c);
            ColorConverter.MultiplyByBlack(black, pixels, isInverted: false);
            for (uint k = 0; k < 256; k++)
            {
                Assert.Equal(0xFF000000u | (((c * k) + 127) / 255), pixels[k]);
            }
        }
    }

    private static byte[] Samples(int length, int seed)
    {
        byte[] samples = new byte[length];
        new Random(seed).NextBytes(samples);
        return samples;
    }
}
