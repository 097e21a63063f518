using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KMeansPS.Numerics;

namespace KMeansPS.Tests.Support;

/// <summary>The kernels of every width that this processor can run.</summary>
internal static class Kernels
{
    internal static TileKernel<T> Scalar<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new TileKernel<SimdScalar<T>, T, T>();

    internal static IEnumerable<TileKernel<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return Scalar<T>();
        yield return new TileKernel<Simd128<T>, Vector128<T>, T>();
        if (Fma.IsSupported)
        {
            yield return new TileKernel<Simd256<T>, Vector256<T>, T>();
        }

        if (Avx512F.IsSupported)
        {
            yield return new TileKernel<Simd512<T>, Vector512<T>, T>();
        }
    }

    /// <summary>Those for bytes; none where the processor does not multiply them.</summary>
    internal static IEnumerable<ByteKernel> OfBytes()
    {
        if (Avx2.IsSupported)
        {
            yield return new ByteKernel<ByteSimd256, Vector256<byte>>();
        }

        if (Avx512BW.IsSupported)
        {
            yield return new ByteKernel<ByteSimd512, Vector512<byte>>();
        }
    }
}
