using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T source, nuint offset) => Vector128.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, ref T destination, nuint offset) => vector.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> BroadcastIndex(int index) => typeof(T) == typeof(float)
        ? Vector128.Create(index).As<int, T>()
        : Vector128.Create((long)index).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices(Vector128<T> indices, ref int destination, nuint offset)
    {
        if (typeof(T) == typeof(float))
        {
            indices.AsInt32().StoreUnsafe(ref destination, offset);
            return;
        }

        for (int lane = 0; lane < Vector128<long>.Count; lane++)
        {
            Unsafe.Add(ref destination, offset + (nuint)lane) = (int)indices.AsInt64().GetElement(lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    // Where the portable operation looks for NaN and for the sign of zeros it costs two more instructions, and changes no
    // distance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Min(Vector128<T> left, Vector128<T> right) =>
        !Sse2.IsSupported ? Vector128.Min(left, right)
        : typeof(T) == typeof(float) ? Sse.Min(left.AsSingle(), right.AsSingle()).As<float, T>()
        : Sse2.Min(left.AsDouble(), right.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> left, Vector128<T> right) =>
        !Sse2.IsSupported ? Vector128.Max(left, right)
        : typeof(T) == typeof(float) ? Sse.Max(left.AsSingle(), right.AsSingle()).As<float, T>()
        : Sse2.Max(left.AsDouble(), right.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeastLane(Vector128<T> vector)
    {
        if (typeof(T) == typeof(double))
        {
            return Min(vector, Vector128.Shuffle(vector.AsDouble(), Vector128.Create(1L, 0)).As<double, T>()).ToScalar();
        }

        var halved = Min(vector, Vector128.Shuffle(vector.AsSingle(), Vector128.Create(2, 3, 0, 1)).As<float, T>());
        return Min(halved, Vector128.Shuffle(halved.AsSingle(), Vector128.Create(1, 0, 3, 2)).As<float, T>()).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(Vector128<T> mask) => (uint)mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c)
    {
        if (Fma.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
                : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? AdvSimd.FusedMultiplyAdd(c.AsSingle(), a.AsSingle(), b.AsSingle()).As<float, T>()
                : AdvSimd.Arm64.FusedMultiplyAdd(c.AsDouble(), a.AsDouble(), b.AsDouble()).As<double, T>();
        }

        return MultiplyAddByLane(a, b, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SquareRoot(Vector128<T> vector) => Vector128.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LessThan(Vector128<T> left, Vector128<T> right) => Vector128.LessThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> whereSet, Vector128<T> elsewhere) =>
        Vector128.ConditionalSelect(mask, whereSet, elsewhere);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWidened(Vector128<T> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            Add(vector.AsDouble(), ref weights, weighted, ref sums, offset);
            return;
        }

        var (lower, upper) = Vector128.Widen(vector.AsSingle());
        Add(lower, ref weights, weighted, ref sums, offset);
        Add(upper, ref weights, weighted, ref sums, offset + (nuint)Vector128<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<double> vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        if (weighted)
        {
            vector *= Vector128.LoadUnsafe(ref weights, offset);
        }

        (Vector128.LoadUnsafe(ref sums, offset) + vector).StoreUnsafe(ref sums, offset);
    }

    // For processors without a fused instruction: the runtime's own fused operation, which IEEE 754 defines to the last bit.
    private static Vector128<T> MultiplyAddByLane(Vector128<T> a, Vector128<T> b, Vector128<T> c)
    {
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            c = c.WithElement(lane, T.FusedMultiplyAdd(a.GetElement(lane), b.GetElement(lane), c.GetElement(lane)));
        }

        return c;
    }
}
