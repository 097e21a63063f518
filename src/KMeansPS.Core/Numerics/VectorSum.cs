using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>Sums of vectors in double, element by element: no element's sum depends on the width.</summary>
internal static class VectorSum
{
    /// <summary>sums += values. One load of each, one store for each element.</summary>
    internal static void AddTo(Span<double> sums, ReadOnlySpan<double> values)
    {
        int j = 0;
        var wide = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var added = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int v = 0; v < wide.Length; v++)
        {
            wide[v] += added[v];
        }

        for (j = wide.Length * Vector<double>.Count; j < sums.Length; j++)
        {
            sums[j] += values[j];
        }
    }

    /// <summary>sums += weight x values; the product is rounded, then the sum.</summary>
    internal static void AddTo<T>(Span<double> sums, ReadOnlySpan<T> values, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int j = 0;
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref T value = ref MemoryMarshal.GetReference(values);
        if (typeof(T) == typeof(float))
        {
            for (; j + Vector<float>.Count <= sums.Length; j += Vector<float>.Count)
            {
                Vector.Widen(Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref value), (nuint)j), out var lower, out var upper);
                AddProduct(ref sum, j, lower, weight);
                AddProduct(ref sum, j + Vector<double>.Count, upper, weight);
            }
        }
        else
        {
            for (; j + Vector<double>.Count <= sums.Length; j += Vector<double>.Count)
            {
                AddProduct(ref sum, j, Vector.LoadUnsafe(ref Unsafe.As<T, double>(ref value), (nuint)j), weight);
            }
        }

        for (; j < sums.Length; j++)
        {
            sums[j] += weight * Precision.ToDouble(values[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ref double sum, int at, Vector<double> values, double weight) =>
        (Vector.LoadUnsafe(ref sum, (nuint)at) + (values * weight)).StoreUnsafe(ref sum, (nuint)at);
}
