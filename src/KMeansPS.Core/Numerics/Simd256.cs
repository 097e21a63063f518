using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref T source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, ref T destination, nuint offset) => vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> BroadcastIndex(int index) => typeof(T) == typeof(float)
        ? Vector256.Create(index).As<int, T>()
        : Vector256.Create((long)index).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices(Vector256<T> indices, ref int destination, nuint offset)
    {
        if (typeof(T) == typeof(float))
        {
            indices.AsInt32().StoreUnsafe(ref destination, offset);
            return;
        }

        for (int lane = 0; lane < Vector256<long>.Count; lane++)
        {
            Unsafe.Add(ref destination, offset + (nuint)lane) = (int)indices.AsInt64().GetElement(lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    // The portable operation looks for NaN and for the sign of zeros, which cost two more instructions and change no
    // distance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Min(Vector256<T> left, Vector256<T> right)
    {
        Debug.Assert(Fma.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Avx.Min(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Avx.Min(left.AsDouble(), right.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> left, Vector256<T> right)
    {
        Debug.Assert(Fma.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Avx.Max(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Avx.Max(left.AsDouble(), right.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeastLane(Vector256<T> vector) => Simd128<T>.LeastLane(Simd128<T>.Min(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector256<T> mask) => (uint)mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c)
    {
        Debug.Assert(Fma.IsSupported, "This width is chosen only where the processor fuses.");
        return typeof(T) == typeof(float)
            ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SquareRoot(Vector256<T> vector) => Vector256.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LessThan(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> whereSet, Vector256<T> elsewhere) =>
        Vector256.ConditionalSelect(mask, whereSet, elsewhere);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWidened(Vector256<T> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            Add(vector.AsDouble(), ref weights, weighted, ref sums, offset);
            return;
        }

        var (lower, upper) = Vector256.Widen(vector.AsSingle());
        Add(lower, ref weights, weighted, ref sums, offset);
        Add(upper, ref weights, weighted, ref sums, offset + (nuint)Vector256<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (weighted)
        {
            vector *= Vector256.LoadUnsafe(ref weights, offset);
        }

        (Vector256.LoadUnsafe(ref sums, offset) + vector).StoreUnsafe(ref sums, offset);
    }
}
