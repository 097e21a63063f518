using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Bytes in vectors of 512 bits.</summary>
internal readonly struct ByteSimd512 : IByteSimd<Vector512<byte>>
{
    public static int Lanes => Vector512<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(ref byte source, nuint offset) => Vector512.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(ref int source, nuint offset) => Vector512.LoadUnsafe(ref source, offset).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Broadcast(int value) => Vector512.Create(value).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> MultiplyPairs(Vector512<byte> unsigned, Vector512<byte> signed)
    {
        Debug.Assert(Avx512BW.IsSupported, "This width is chosen only where the processor multiplies bytes.");
        return Avx512BW.MultiplyAddAdjacent(unsigned, signed.AsSByte()).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> AddShorts(Vector512<byte> left, Vector512<byte> right) => (left.AsInt16() + right.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> AddPairs(Vector512<byte> shorts, Vector512<byte> sums)
    {
        Debug.Assert(Avx512BW.IsSupported, "This width is chosen only where the processor multiplies bytes.");
        return (sums.AsInt32() + Avx512BW.MultiplyAddAdjacent(shorts.AsInt16(), Vector512<short>.One)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ExclusiveOr(Vector512<byte> left, Vector512<byte> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> HalfOfDifference(Vector512<byte> left, Vector512<byte> right) =>
        Vector512.ShiftRightArithmetic(left.AsInt32() - right.AsInt32(), 1).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Add(Vector512<byte> left, Vector512<byte> right) => (left.AsInt32() + right.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Subtract(Vector512<byte> left, Vector512<byte> right) => (left.AsInt32() - right.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotBelow(Vector512<byte> left, Vector512<byte> right) =>
        (uint)Vector512.GreaterThanOrEqual(left.AsInt32(), right.AsInt32()).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> AddWhereNotBelow(Vector512<byte> left, Vector512<byte> right, Vector512<byte> values, Vector512<byte> sums) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(left.AsInt32(), right.AsInt32()), sums.AsInt32() + values.AsInt32(), sums.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<byte> values, ref int destination) => values.AsInt32().StoreUnsafe(ref destination);
}
