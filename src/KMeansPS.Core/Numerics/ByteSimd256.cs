using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Bytes in vectors of 256 bits.</summary>
internal readonly struct ByteSimd256 : IByteSimd<Vector256<byte>>
{
    public static int Lanes => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(ref byte source, nuint offset) => Vector256.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(ref int source, nuint offset) => Vector256.LoadUnsafe(ref source, offset).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Broadcast(int value) => Vector256.Create(value).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> MultiplyPairs(Vector256<byte> unsigned, Vector256<byte> signed)
    {
        Debug.Assert(Avx2.IsSupported, "This width is chosen only where the processor multiplies bytes.");
        return Avx2.MultiplyAddAdjacent(unsigned, signed.AsSByte()).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> AddShorts(Vector256<byte> left, Vector256<byte> right) => (left.AsInt16() + right.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> AddPairs(Vector256<byte> shorts, Vector256<byte> sums)
    {
        Debug.Assert(Avx2.IsSupported, "This width is chosen only where the processor multiplies bytes.");
        return (sums.AsInt32() + Avx2.MultiplyAddAdjacent(shorts.AsInt16(), Vector256<short>.One)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ExclusiveOr(Vector256<byte> left, Vector256<byte> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> HalfOfDifference(Vector256<byte> left, Vector256<byte> right) =>
        Vector256.ShiftRightArithmetic(left.AsInt32() - right.AsInt32(), 1).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Add(Vector256<byte> left, Vector256<byte> right) => (left.AsInt32() + right.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Subtract(Vector256<byte> left, Vector256<byte> right) => (left.AsInt32() - right.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotBelow(Vector256<byte> left, Vector256<byte> right) =>
        (uint)Vector256.GreaterThanOrEqual(left.AsInt32(), right.AsInt32()).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> AddWhereNotBelow(Vector256<byte> left, Vector256<byte> right, Vector256<byte> values, Vector256<byte> sums) =>
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(left.AsInt32(), right.AsInt32()), sums.AsInt32() + values.AsInt32(), sums.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<byte> values, ref int destination) => values.AsInt32().StoreUnsafe(ref destination);
}
