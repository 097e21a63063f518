using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngSoftwareTests
{
    private static byte[] Ours()
    {
        var file = new MemoryStream();
        new PngEncoder().Encode(new IndexedImage(2, 1, new Palette([new Rgba(1, 2, 3), new Rgba(4, 5, 6, 7)]), [0, 1]), file, default);
        return file.ToArray();
    }

    private static bool IsIn(byte[] file) => PngSoftware.IsIn(new MemoryStream(file));

    [Fact]
    public void IsIn_WhatTheEncoderWrites_IsTrue() => Assert.True(IsIn(Ours()));

    [Fact]
    public void IsIn_TheFileOfAnotherProgram_IsFalse()
    {
        byte[] file = Ours();
        file[file.AsSpan().IndexOf("KMeansPS"u8)] = (byte)'J'; // its CRC is wrong too: an ancillary chunk is passed over
        Assert.False(IsIn(file));
        Assert.False(IsIn(File.ReadAllBytes(Repository.Sample("coffee.png"))));
        Assert.False(IsIn(File.ReadAllBytes(Repository.Sample("rocket.jpg"))));
    }

    [Fact]
    public void IsIn_AFileCutAnywhereBeforeTheMark_IsFalse()
    {
        byte[] file = Ours();
        int end = file.AsSpan().IndexOf("KMeansPS"u8) + "KMeansPS"u8.Length;
        for (int length = 0; length < end; length++)
        {
            Assert.False(IsIn(file[..length]));
        }
    }
}
