using System.Globalization;
using System.Runtime.InteropServices;
using KMeansPS.Tests.Support;

namespace KMeansPS.PointFiles.Tests;

/// <summary>A file that is larger than the memory which a process may take is clustered, streamed and mapped.</summary>
public sealed class LargerThanMemoryTests
{
    // The parent writes here where the file is and what its child is to find.
    private const string Expected = "KMEANSPS_TEST_LARGE_FILE";

    private const int Count = 4_000_000;
    private const int Dimension = 4;
    private const int K = 4;
    private const double VarianceOfDigits = 8.25;
    private const long Limit = 24_000_000;

    [Fact]
    public async Task ProcessWithLessMemoryThanTheFile_ClustersIt()
    {
        using var file = TemporaryFile.Npy("<f4", Count, Dimension, WriteValues);
        Assert.True(new FileInfo(file.Path).Length > 2.5 * Limit);
        await ChildProcess.Pass(
            typeof(LargerThanMemoryTests),
            nameof(Child_ClustersTheFileOfItsParent),
            ("DOTNET_GCHeapHardLimit", Limit.ToString("X", CultureInfo.InvariantCulture)),
            (Expected, file.Path));
    }

    [Fact(Explicit = true)]
    public void Child_ClustersTheFileOfItsParent()
    {
        string path = Environment.GetEnvironmentVariable(Expected)!;
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(Limit, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Assert.Throws<OutOfMemoryException>(() => PointFile.Read(path, null, token));

        var streamed = MiniBatchKMeans.Fit(PointFile.OpenSource(path, null, token), K);
        Assert.Equal([Count / K, Count / K, Count / K, Count / K], streamed.Counts);
        Assert.Equal(Count * Dimension * VarianceOfDigits, streamed.Inertia, 1);
        Assert.True(PointFile.TryMap(path, null, out var mapped, out _, token));
        using (mapped)
        {
            // A label for each point is all that an exact step takes beside the mapping.
            var update = KMeans.Update(mapped.Points, new int[Count], streamed.Centroids);
            Assert.Equal(Count, update.Counts[0]);
        }
    }

    // Each of the K clusters has the digits 0 to 9 equally often, the same one in every column of a point.
    private static void WriteValues(Stream stream)
    {
        var values = new float[Dimension * 40_000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i % Dimension * 3) + (i / Dimension % K * 100) + (i / 16 % 10);
        }

        for (int written = 0; written < Count; written += values.Length / Dimension)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }
}
