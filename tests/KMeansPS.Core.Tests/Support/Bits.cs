using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KMeansPS.Tests.Support;

/// <summary>Equality to the last bit, by which 0 and -0 differ and a NaN is itself.</summary>
internal static class Bits
{
    internal static bool Same<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged => MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));

    /// <summary>Centroids, counts, labels, inertia, iterations, every step of the trace: all that a run says, in one hash.</summary>
    internal static string Of<T>(KMeansResult result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var model = result.Model;
        hash.AppendData(MemoryMarshal.AsBytes(model.Centroids.ToPrecision<T>().Values));
        hash.AppendData(MemoryMarshal.AsBytes(model.ScaledCentroids.ToPrecision<T>().Values));
        hash.AppendData(MemoryMarshal.AsBytes<long>(model.Counts));
        hash.AppendData(MemoryMarshal.AsBytes<double>(model.ClusterInertia));
        hash.AppendData(MemoryMarshal.AsBytes<double>([model.Inertia, model.Iterations, model.Converged ? 1 : 0, model.RequestedK]));
        hash.AppendData(MemoryMarshal.AsBytes<int>(result.Cluster));
        foreach (var step in model.Trace)
        {
            hash.AppendData(MemoryMarshal.AsBytes(((PointSet<T>)step.Centroids).Values));
            hash.AppendData(MemoryMarshal.AsBytes<double>([step.Iteration, step.Inertia, step.Moved, step.Shift]));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
