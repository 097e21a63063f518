using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Numerics;

/// <summary>Sums of vectors in double, element by element: no element's sum depends on the width.</summary>
internal static class VectorSum
{
    private const int Lanes = 8;

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

    /// <summary>
    /// Adds a point of 1 to 4 dimensions, times a factor, to its sums, then the factor and the sign to the two sums
    /// behind them: by vectors, which is faster than a loop over so few. The product is rounded, then the sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddFew<T>(ref double sums, ref T point, int dimension, double factor, double sign)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dimension == 1)
        {
            AddPair(ref sums, Vector128.Create(factor * Precision.ToDouble(point), factor));
            Unsafe.Add(ref sums, 2) += sign;
            return;
        }

        ref T third = ref Unsafe.Add(ref point, 2);
        var upper = dimension == 2 ? Vector128.Create(factor, sign)
            : dimension == 3 ? Vector128.Create(factor * Precision.ToDouble(third), factor)
            : TwoOf(ref third) * factor;
        (Vector256.LoadUnsafe(ref sums) + Vector256.Create(TwoOf(ref point) * factor, upper)).StoreUnsafe(ref sums);
        if (dimension == 3)
        {
            Unsafe.Add(ref sums, 4) += sign;
        }
        else if (dimension == 4)
        {
            AddPair(ref Unsafe.Add(ref sums, 4), Vector128.Create(factor, sign));
        }
    }

    /// <summary>quotients = sums / divisor, each rounded once to double and once to T.</summary>
    internal static void Divide<T>(ReadOnlySpan<double> sums, double divisor, Span<T> quotients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(sums.Length == quotients.Length, "There is a quotient for each sum.");
        int j = 0;
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref T quotient = ref MemoryMarshal.GetReference(quotients);
        for (; typeof(T) == typeof(float) && j + Vector<float>.Count <= sums.Length; j += Vector<float>.Count)
        {
            var lower = Vector.LoadUnsafe(ref sum, (nuint)j) / new Vector<double>(divisor);
            var upper = Vector.LoadUnsafe(ref sum, (nuint)(j + Vector<double>.Count)) / new Vector<double>(divisor);
            Vector.Narrow(lower, upper).StoreUnsafe(ref Unsafe.As<T, float>(ref quotient), (nuint)j);
        }

        for (; j < sums.Length; j++)
        {
            quotients[j] = Precision.Round<T>(sums[j] / divisor);
        }
    }

    /// <summary>
    /// The sum of some values, times their weights where there are any. Eight sums, each over every eighth value, are
    /// added in pairs, whatever the width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<double> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(weights.IsEmpty || weights.Length == values.Length, "There is a weight for each value, or none.");
        ref T value = ref MemoryMarshal.GetReference(values);
        ref double weight = ref MemoryMarshal.GetReference(weights);
        var sums = Vector512<double>.Zero;
        int j = 0;
        for (; j + Lanes <= values.Length; j += Lanes)
        {
            var eight = EightOf(ref value, j);
            sums += weights.IsEmpty ? eight : eight * Vector512.LoadUnsafe(ref weight, (nuint)j);
        }

        if (j < values.Length)
        {
            Span<double> rest = stackalloc double[Lanes];
            rest.Clear();
            for (int lane = 0; j < values.Length; j++, lane++)
            {
                rest[lane] = Precision.ToDouble(values[j]) * (weights.IsEmpty ? 1 : weights[j]);
            }

            sums += Vector512.Create<double>(rest);
        }

        var four = sums.GetLower() + sums.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>
    /// The squared distance of two rows, and whether they are equal: between others it may vanish too. Eight sums, each
    /// over every eighth element, are added from the first to the last, whatever the width.
    /// </summary>
    internal static (double Square, bool AreEqual) Difference<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(one.Length == other.Length, "The rows have the same dimensions.");
        ref T x = ref MemoryMarshal.GetReference(one);
        ref T y = ref MemoryMarshal.GetReference(other);
        var squares = Vector512<double>.Zero;
        var greatest = Vector512<double>.Zero;
        int j = 0;
        for (; j + Lanes <= one.Length; j += Lanes)
        {
            var difference = EightOf(ref x, j) - EightOf(ref y, j);
            squares += difference * difference;
            greatest = Vector512.Max(greatest, Vector512.Abs(difference));
        }

        Span<double> sums = stackalloc double[Lanes];
        squares.CopyTo(sums);
        bool areEqual = greatest == Vector512<double>.Zero;
        for (int lane = 0; j < one.Length; j++, lane++)
        {
            double difference = Precision.ToDouble(one[j]) - Precision.ToDouble(other[j]);
            sums[lane] += difference * difference;
            areEqual &= difference == 0;
        }

        double sum = 0;
        foreach (double ofLane in sums)
        {
            sum += ofLane;
        }

        return (sum, areEqual);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair(ref double sums, Vector128<double> pair) => (Vector128.LoadUnsafe(ref sums) + pair).StoreUnsafe(ref sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> TwoOf<T>(ref T values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref values);
        return typeof(T) == typeof(double)
            ? Unsafe.ReadUnaligned<Vector128<double>>(ref bytes)
            : Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<double>(ref bytes)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EightOf<T>(ref T values, int from)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            return Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref values), (nuint)from);
        }

        var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref values), (nuint)from));
        return Vector512.Create(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ref double sum, int at, Vector<double> values, double weight) =>
        (Vector.LoadUnsafe(ref sum, (nuint)at) + (values * weight)).StoreUnsafe(ref sum, (nuint)at);
}
