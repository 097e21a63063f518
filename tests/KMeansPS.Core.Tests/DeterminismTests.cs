using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>The same bits for any number of threads and on any processor.</summary>
public sealed class DeterminismTests
{
    // The parent writes here what its child is to find.
    private const string Expected = "KMEANSPS_TEST_EXPECTED_BITS";

    public static TheoryData<int> Threads => [1, 2, 3, 8, -1];

    [Theory]
    [MemberData(nameof(Threads))]
    public void ManyFits_OnAnyNumberOfThreads_AreTheSame(int threads) =>
        Assert.Equal(ManyFits.Hash(), ManyFits.Hash(new ParallelOptions { MaxDegreeOfParallelism = threads }));

    [Fact]
    public void LargeFit_OnAnyNumberOfThreads_IsTheSame()
    {
        // As many blocks as there can be, with and without an order of the points in space.
        foreach (int d in new[] { 2, 6 })
        {
            var points = new Problem(1, 130_000, d, 20, Terrain.Uniform, true).Points<float>();
            var options = new KMeansOptions { Seed = 3, MaxIterations = 3 };
            var runs = Threads.Select(row => Bits.Of<float>(KMeans.Fit(points, 20, options, new ParallelOptions { MaxDegreeOfParallelism = row.Data })));
            Assert.Single(runs.Distinct());
        }
    }

    /// <summary>The names are those that .NET 10 obeys. The child runs <see cref="Child_FindsTheBitsOfItsParent"/>.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_TieredCompilation", "0")]
    public Task ManyFits_InAProcessWithoutSomeVectors_AreTheSame(string setting, string value) =>
        ChildProcess.Pass(typeof(DeterminismTests), nameof(Child_FindsTheBitsOfItsParent), (setting, value), (Expected, $"{setting} {ManyFits.Hash()}"));

    [Fact(Explicit = true)]
    public void Child_FindsTheBitsOfItsParent()
    {
        string[] expected = Environment.GetEnvironmentVariable(Expected)!.Split(' ');
        bool without512 = !Vector512.IsHardwareAccelerated && !Avx512F.IsSupported;
        bool without256 = without512 && !Vector256.IsHardwareAccelerated && !Fma.IsSupported && !Avx2.IsSupported;
        bool withoutAny = without256 && !Vector128.IsHardwareAccelerated && !Vector.IsHardwareAccelerated;
        Assert.True(expected[0] switch
        {
            "DOTNET_EnableAVX512" => without512,
            "DOTNET_EnableAVX2" => without256,
            "DOTNET_EnableHWIntrinsic" => withoutAny,
            _ => true,
        });
        Assert.Equal(expected[1], ManyFits.Hash());
    }
}
