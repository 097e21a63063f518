using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngMarkTests
{
    private static byte[] Ours()
    {
        var file = new MemoryStream();
        new PngEncoder().Encode(new IndexedImage(2, 1, new Palette([new Rgba(1, 2, 3), new Rgba(4, 5, 6, 7)]), [0, 1]), file, default);
        return file.ToArray();
    }

    private static bool IsIn(byte[] file) => PngMark.IsIn(new MemoryStream(file));

    [Fact]
    public void IsIn_WhatTheEncoderWrites_IsTrue() => Assert.True(IsIn(Ours()));

    [Fact]
    public void IsIn_TheFileOfAnotherProgram_IsFalse()
    {
        byte[] file = Ours();
        int mark = file.AsSpan().IndexOf("kmPS"u8);
        file[mark + 4] ^= 1; // a wrong CRC
        Assert.False(IsIn(file));
        file[mark] = (byte)'j'; // the chunk of somebody else
        Assert.False(IsIn(file));
        Assert.False(IsIn(File.ReadAllBytes(Repository.Sample("coffee.png"))));
        Assert.False(IsIn(File.ReadAllBytes(Repository.Sample("rocket.jpg"))));
    }

    [Fact]
    public void IsIn_AMarkWithData_OrBehindThePicture_IsFalse()
    {
        byte[] Build(Func<PngBuilder, PngBuilder> before, Func<PngBuilder, PngBuilder> behind) =>
            behind(before(new PngBuilder().Header(1, 1, 8, 2)).Pixels([0, 1, 2, 3])).End();
        Assert.True(IsIn(Build(file => file.Chunk("kmPS", []), file => file)));
        Assert.False(IsIn(Build(file => file.Chunk("kmPS", [0]), file => file)));
        Assert.False(IsIn(Build(file => file, file => file.Chunk("kmPS", []))));
    }

    [Fact]
    public void Encode_TakesTwelveBytesForTheMark()
    {
        byte[] file = Ours();
        int mark = file.AsSpan().IndexOf("kmPS"u8);
        Assert.Equal([0, 0, 0, 0], file[(mark - 4)..mark]);
        Assert.Equal(8 + 25 + 12, mark + 8); // right behind the header
    }

    [Fact]
    public void IsIn_AFileCutAnywhereBeforeTheMark_IsFalse()
    {
        byte[] file = Ours();
        int end = file.AsSpan().IndexOf("kmPS"u8) + 8;
        for (int length = 0; length < end; length++)
        {
            Assert.False(IsIn(file[..length]));
        }
    }
}
