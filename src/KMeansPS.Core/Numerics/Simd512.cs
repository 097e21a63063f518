using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref T source, nuint offset) => Vector512.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, ref T destination, nuint offset) => vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BroadcastIndex(int index) => typeof(T) == typeof(float)
        ? Vector512.Create(index).As<int, T>()
        : Vector512.Create((long)index).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices(Vector512<T> indices, ref int destination, nuint offset)
    {
        if (typeof(T) == typeof(float))
        {
            indices.AsInt32().StoreUnsafe(ref destination, offset);
            return;
        }

        for (int lane = 0; lane < Vector512<long>.Count; lane++)
        {
            Unsafe.Add(ref destination, offset + (nuint)lane) = (int)indices.AsInt64().GetElement(lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    // The portable operation looks for NaN and for the sign of zeros, which cost two more instructions and change no
    // distance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Min(Vector512<T> left, Vector512<T> right)
    {
        Debug.Assert(Avx512F.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Avx512F.Min(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Avx512F.Min(left.AsDouble(), right.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> left, Vector512<T> right)
    {
        Debug.Assert(Avx512F.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Avx512F.Max(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Avx512F.Max(left.AsDouble(), right.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeastLane(Vector512<T> vector) => Simd256<T>.LeastLane(Simd256<T>.Min(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector512<T> mask) => (uint)mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c)
    {
        Debug.Assert(Avx512F.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Avx512F.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Avx512F.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SquareRoot(Vector512<T> vector) => Vector512.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LessThan(Vector512<T> left, Vector512<T> right) => Vector512.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> whereSet, Vector512<T> elsewhere) =>
        Vector512.ConditionalSelect(mask, whereSet, elsewhere);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWidened(Vector512<T> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            Add(vector.AsDouble(), ref weights, weighted, ref sums, offset);
            return;
        }

        var (lower, upper) = Vector512.Widen(vector.AsSingle());
        Add(lower, ref weights, weighted, ref sums, offset);
        Add(upper, ref weights, weighted, ref sums, offset + (nuint)Vector512<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<double> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (weighted)
        {
            vector *= Vector512.LoadUnsafe(ref weights, offset);
        }

        (Vector512.LoadUnsafe(ref sums, offset) + vector).StoreUnsafe(ref sums, offset);
    }
}
