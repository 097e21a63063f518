using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>One lane: the plain twin that every vector width is tested against, and the path of processors without vectors.</summary>
internal readonly struct SimdScalar<T> : ISimd<T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => 1;

    public static T Load(ref T source, nuint offset) => Unsafe.Add(ref source, offset);

    public static void Store(T vector, ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = vector;

    public static T Broadcast(T value) => value;

    public static T BroadcastIndex(int index) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<int, T>(index)
        : Unsafe.BitCast<long, T>(index);

    public static void StoreIndices(T indices, ref int destination, nuint offset) =>
        Unsafe.Add(ref destination, offset) = typeof(T) == typeof(float)
            ? Unsafe.BitCast<T, int>(indices)
            : (int)Unsafe.BitCast<T, long>(indices);

    public static T Subtract(T left, T right) => left - right;

    public static T Min(T left, T right) => T.Min(left, right);

    public static T Max(T left, T right) => T.Max(left, right);

    public static T LeastLane(T vector) => vector;

    public static uint Bits(T mask) => mask != T.Zero ? 1u : 0u;

    public static T MultiplyAdd(T a, T b, T c) => T.FusedMultiplyAdd(a, b, c);

    public static T SquareRoot(T vector) => T.Sqrt(vector);

    public static T LessThan(T left, T right) => left < right ? T.One : T.Zero;

    public static T Select(T mask, T whereSet, T elsewhere) => mask != T.Zero ? whereSet : elsewhere;

    public static void AddWidened(T vector, ref double weights, bool weighted, ref double sums, nuint offset)
    {
        double value = Precision.ToDouble(vector);
        Unsafe.Add(ref sums, offset) += weighted ? value * Unsafe.Add(ref weights, offset) : value;
    }
}
