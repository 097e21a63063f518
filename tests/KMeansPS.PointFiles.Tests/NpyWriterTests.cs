using FsCheck;
using FsCheck.Fluent;

namespace KMeansPS.PointFiles.Tests;

public sealed class NpyWriterTests
{
    [Fact]
    public void Write_Singles_CanBeReadBack() => Prop.ForAll(Blocks.Singles, block =>
    {
        var read = Reading.Bytes(Written(stream => NpyWriter.Write(stream, new PointSet<float>(block.Values, block.Dimension))));
        var values = Assert.IsType<PointSet<float>>(read).Values.ToArray();
        return read.Dimension == block.Dimension && values.Select(BitConverter.SingleToInt32Bits).SequenceEqual(block.Values.Select(BitConverter.SingleToInt32Bits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_Doubles_CanBeReadBack() => Prop.ForAll(Blocks.Doubles, block =>
    {
        var read = Reading.Bytes(Written(stream => NpyWriter.Write(stream, new PointSet<double>(block.Values, block.Dimension))));
        var values = Assert.IsType<PointSet<double>>(read).Values.ToArray();
        return read.Dimension == block.Dimension && values.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(block.Values.Select(BitConverter.DoubleToInt64Bits));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("f8-little.npy")]
    [InlineData("f4-little.npy")]
    [InlineData("fractions.npy")]
    public void Write_WhatNumPyWrote_GivesTheSameBytes(string name) =>
        Assert.Equal(File.ReadAllBytes(Reading.DataFile(name)), Written(stream => NpyWriter.Write(stream, Reading.File(name))));

    [Fact]
    public void WriteLabels_GivesIntegersOf32Bits()
    {
        byte[] written = Written(stream => NpyWriter.WriteLabels(stream, [2, 0, 1]));
        Assert.Equal(128 + 12, written.Length);
        Assert.Equal("{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }", System.Text.Encoding.ASCII.GetString(written.AsSpan(10..128)).TrimEnd());
        Assert.Equal([2, 0, 1], Reading.Values(Reading.Bytes(written)));
    }

    [Fact]
    public void Write_WhenCancelled_Stops()
    {
        using var stream = new MemoryStream();
        Assert.ThrowsAny<OperationCanceledException>(() => NpyWriter.Write(stream, new PointSet<float>(new float[4], 2), new CancellationToken(true)));
    }

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
