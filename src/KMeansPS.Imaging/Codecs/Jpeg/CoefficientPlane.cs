using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// All coefficients of one component, which the progressive process collects over many scans. They are kept in zig-zag
/// order, so that the bands of the scans are contiguous. They take as much memory as the picture itself, which is given
/// back at once and not when the collector comes by.
/// </summary>
internal sealed unsafe class CoefficientPlane : IDisposable
{
    private readonly int _columns;
    private short* _coefficients;

    internal CoefficientPlane(FrameComponent component)
    {
        Component = component;
        _columns = component.PaddedBlockColumns;
        _coefficients = (short*)NativeMemory.AllocZeroed(checked((nuint)_columns * (nuint)component.PaddedBlockRows), ZigZag.BlockSize * sizeof(short));
    }

    ~CoefficientPlane() => Free();

    internal FrameComponent Component { get; }

    /// <summary>The 64 coefficients of a block.</summary>
    internal Span<short> Block(int column, int row)
    {
        if ((uint)column >= (uint)_columns || (uint)row >= (uint)Component.PaddedBlockRows || _coefficients is null)
        {
            throw new ArgumentOutOfRangeException(nameof(column));
        }

        return new Span<short>(_coefficients + ((((long)row * _columns) + column) * ZigZag.BlockSize), ZigZag.BlockSize);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Tells by the bits of a number which coefficients of a block are not zero, the lowest bit for the first one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong NonZeroMask(ReadOnlySpan<short> block)
    {
        ref short start = ref MemoryMarshal.GetReference(block[..ZigZag.BlockSize]);
        return ~(ZeroMask(ref start, 0) | (ZeroMask(ref start, 16) << 16) | (ZeroMask(ref start, 32) << 32) | (ZeroMask(ref start, 48) << 48));
    }

    /// <summary>Brings a block into the order of rows.</summary>
    /// <param name="block">The block in zig-zag order.</param>
    /// <param name="nonZero">Its <see cref="NonZeroMask"/>.</param>
    /// <param name="natural">64 entries, all zero.</param>
    internal static void Unravel(ReadOnlySpan<short> block, ulong nonZero, Span<short> natural)
    {
        for (; nonZero != 0; nonZero &= nonZero - 1)
        {
            int k = BitOperations.TrailingZeroCount(nonZero);
            natural[ZigZag.ToNatural[k]] = block[k];
        }
    }

    private void Free()
    {
        NativeMemory.Free(_coefficients);
        _coefficients = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ZeroMask(ref short start, nuint offset)
    {
        var lower = Vector128.Equals(Vector128.LoadUnsafe(ref start, offset), Vector128<short>.Zero);
        var upper = Vector128.Equals(Vector128.LoadUnsafe(ref start, offset + 8), Vector128<short>.Zero);
        return Vector128.Narrow(lower, upper).ExtractMostSignificantBits();
    }
}
