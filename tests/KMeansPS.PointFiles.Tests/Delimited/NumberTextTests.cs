using System.Globalization;

namespace KMeansPS.PointFiles.Tests.Delimited;

public sealed class NumberTextTests
{
    [Fact]
    public void Read_NumbersInDouble_GivesTheBitsThatPythonReads()
    {
        foreach (string[] line in Lines())
        {
            double read = Assert.IsType<PointSet<double>>(Reading.Text($"x\n{line[0]}\n")).Values[0];
            Assert.True(BitConverter.DoubleToInt64Bits(read) == long.Parse(line[1], CultureInfo.InvariantCulture), $"{line[0]} is read as {read:R}");
        }
    }

    [Fact]
    public void Read_NumbersInSingle_GivesTheNearestSingle()
    {
        foreach (string[] line in Lines())
        {
            float expected = BitConverter.Int32BitsToSingle(int.Parse(line[2], CultureInfo.InvariantCulture));
            if (Math.Abs(expected) < 1e18f)
            {
                float read = Assert.IsType<PointSet<float>>(Reading.Text($"x\n{line[0]}\n", new PointFileOptions { Precision = PointPrecision.Single })).Values[0];
                Assert.True(read.Equals(expected), $"{line[0]} is read as {read:R}, not {expected:R}");
            }
        }
    }

    [Theory]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("1 2")]
    [InlineData("1.2.3")]
    [InlineData("2026-09-02")]
    [InlineData("(1)")]
    [InlineData("$5")]
    [InlineData("50%")]
    [InlineData("１")]
    public void Read_WhatIsNoNumber_IsAFault(string text)
    {
        var (points, faults) = Reading.TextWithFaults($"x\n7\n\"{text}\"\n");
        Assert.Equal([7], Reading.Values(points));
        Assert.Equal($"Line 3, column x: '{text}' is not a finite number; the row is left out.", Assert.Single(faults).Message);
    }

    private static IEnumerable<string[]> Lines() => File.ReadLines(Reading.DataFile("numbers.tsv")).Select(line => line.Split('\t'));
}
