using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KMeansPS.PointFiles.Npy;

/// <summary>The type of the values in an NPY file.</summary>
/// <param name="Kind">The letter of NumPy's array interface: <c>f</c> floating point, <c>i</c> and <c>u</c> integers, <c>b</c> boolean.</param>
/// <param name="Size">Bytes a value.</param>
/// <param name="BigEndian">Whether the first byte of a value is its highest.</param>
internal readonly record struct NpyElement(char Kind, int Size, bool BigEndian)
{
    /// <summary>Reads a type such as <c>&lt;f8</c>; null for one that is no number or too wide for a double.</summary>
    internal static NpyElement? Parse(string descr)
    {
        if (descr.Length != 3 || descr[0] is not ('<' or '>' or '|' or '=' or '!'))
        {
            return null;
        }

        bool bigEndian = descr[0] is '>' or '!' || (descr[0] == '=' && !BitConverter.IsLittleEndian);
        return descr[1..] is "f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1"
            ? new NpyElement(descr[1], descr[2] - '0', bigEndian)
            : null;
    }

    /// <summary>The least precision that holds every value of the type; double for 64-bit integers, which it rounds.</summary>
    internal PointPrecision OwnPrecision() => Kind == 'f' ? Size <= 4 ? PointPrecision.Single : PointPrecision.Double
        : Size <= 2 ? PointPrecision.Single : PointPrecision.Double;

    /// <summary>Whether the bytes in the file are those of T in memory.</summary>
    internal bool IsStoredAs<T>() => Kind == 'f' && BigEndian != BitConverter.IsLittleEndian
        && ((Size == 4 && typeof(T) == typeof(float)) || (Size == 8 && typeof(T) == typeof(double)));

    /// <summary>Converts values; the bytes are turned round in place where their order is not the processor's.</summary>
    /// <param name="bytes">Whole values.</param>
    /// <param name="target">One place for each value.</param>
    internal void Convert<T>(Span<byte> bytes, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (BigEndian == BitConverter.IsLittleEndian)
        {
            Reverse(bytes);
        }

        switch (Kind, Size)
        {
            case ('f', 2): Widen<Half, T>(bytes, target); break;
            case ('f', 4): Widen<float, T>(bytes, target); break;
            case ('f', 8): Widen<double, T>(bytes, target); break;
            case ('i', 1): Widen<sbyte, T>(bytes, target); break;
            case ('i', 2): Widen<short, T>(bytes, target); break;
            case ('i', 4): Widen<int, T>(bytes, target); break;
            case ('i', 8): Widen<long, T>(bytes, target); break;
            case ('u', 2): Widen<ushort, T>(bytes, target); break;
            case ('u', 4): Widen<uint, T>(bytes, target); break;
            case ('u', 8): Widen<ulong, T>(bytes, target); break;
            default: Widen<byte, T>(bytes, target); break;
        }
    }

    private void Reverse(Span<byte> bytes)
    {
        switch (Size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static void Widen<TFrom, T>(ReadOnlySpan<byte> bytes, Span<T> target)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = MemoryMarshal.Cast<byte, TFrom>(bytes);
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = T.CreateTruncating(values[i]);
        }
    }
}
