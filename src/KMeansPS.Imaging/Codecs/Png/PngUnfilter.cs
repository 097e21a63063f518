using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Turns filtered rows back into samples, in place (W3C PNG, third edition 2025, 9.2). Up runs over whole vectors; Sub,
/// Average and Paeth need the pixel before and take one pixel of 1 to 8 bytes a step.
/// </summary>
internal static class PngUnfilter
{
    /// <summary>Undoes the filter of a row.</summary>
    /// <param name="filter">The filter type, 0 to 4.</param>
    /// <param name="row">The row's bytes, without the filter type.</param>
    /// <param name="above">The finished row above, of the same length; zeros above the first row of a pass.</param>
    /// <param name="distance">Bytes to the pixel on the left: 1, 2, 3, 4, 6 or 8.</param>
    internal static void Undo(PngFilterType filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        Debug.Assert(row.Length == above.Length);
        if (filter == PngFilterType.None)
        {
            return;
        }

        if (filter == PngFilterType.Up)
        {
            UndoUp(row, above);
        }
        else if (!Vector128.IsHardwareAccelerated || !BitConverter.IsLittleEndian)
        {
            UndoScalar(filter, row, above, distance, 0);
        }
        else
        {
            int done = distance switch
            {
                1 => UndoPixels<Pixel1>(filter, row, above),
                2 => UndoPixels<Pixel2>(filter, row, above),
                3 => UndoPixels<Pixel3>(filter, row, above),
                4 => UndoPixels<Pixel4>(filter, row, above),
                6 => UndoPixels<Pixel6>(filter, row, above),
                8 => UndoPixels<Pixel8>(filter, row, above),
                _ => 0,
            };
            UndoScalar(filter, row, above, distance, done);
        }
    }

    /// <summary>The plain form: one byte a step, as the standard says it.</summary>
    /// <param name="filter">The filter type.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above.</param>
    /// <param name="distance">Bytes to the pixel on the left.</param>
    /// <param name="start">The first byte to be undone; those before are finished.</param>
    internal static void UndoScalar(PngFilterType filter, Span<byte> row, ReadOnlySpan<byte> above, int distance, int start)
    {
        above = above[..row.Length];
        for (int i = start; i < row.Length; i++)
        {
            int left = i >= distance ? row[i - distance] : 0;
            int upperLeft = i >= distance ? above[i - distance] : 0;
            row[i] += (byte)(filter switch
            {
                PngFilterType.Sub => left,
                PngFilterType.Up => above[i],
                PngFilterType.Average => (left + above[i]) >> 1,
                PngFilterType.Paeth => Paeth(left, above[i], upperLeft),
                _ => 0,
            });
        }
    }

    /// <summary>The one of three neighbours that is nearest to left + above - upperLeft; on a tie the first named.</summary>
    internal static int Paeth(int left, int above, int upperLeft)
    {
        int distanceLeft = Math.Abs(above - upperLeft);
        int distanceAbove = Math.Abs(left - upperLeft);
        int distanceUpperLeft = Math.Abs(left + above - 2 * upperLeft);
        if (distanceLeft <= distanceAbove && distanceLeft <= distanceUpperLeft)
        {
            return left;
        }

        return distanceAbove <= distanceUpperLeft ? above : upperLeft;
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        UndoScalar(PngFilterType.Up, row, above, 1, i);
    }

    // Returns how many bytes are finished: the last pixel is left, since whole words are loaded.
    private static int UndoPixels<TPixel>(PngFilterType filter, Span<byte> row, ReadOnlySpan<byte> above)
        where TPixel : struct, IPixel
    {
        int end = row.Length - TPixel.LoadLength;
        ref byte target = ref MemoryMarshal.GetReference(row);
        ref byte upper = ref MemoryMarshal.GetReference(above);
        return filter switch
        {
            PngFilterType.Sub => UndoSub<TPixel>(ref target, end),
            PngFilterType.Average => UndoAverage<TPixel>(ref target, ref upper, end),
            PngFilterType.Paeth => UndoPaeth<TPixel>(ref target, ref upper, end),
            _ => 0,
        };
    }

    private static int UndoSub<TPixel>(ref byte row, int end)
        where TPixel : struct, IPixel
    {
        var left = Vector128<byte>.Zero;
        int i = 0;
        for (; i <= end; i += TPixel.Length)
        {
            left += TPixel.Load(ref Unsafe.Add(ref row, i));
            TPixel.Store(left, ref Unsafe.Add(ref row, i));
        }

        return i;
    }

    private static int UndoAverage<TPixel>(ref byte row, ref byte above, int end)
        where TPixel : struct, IPixel
    {
        var left = Vector128<byte>.Zero;
        int i = 0;
        for (; i <= end; i += TPixel.Length)
        {
            // The mean rounded down without a ninth bit: shared bits plus half of those that differ.
            var up = TPixel.Load(ref Unsafe.Add(ref above, i));
            var half = Vector128.ShiftRightLogical((left ^ up).AsUInt16(), 1).AsByte() & Vector128.Create((byte)0x7F);
            left = TPixel.Load(ref Unsafe.Add(ref row, i)) + ((left & up) + half);
            TPixel.Store(left, ref Unsafe.Add(ref row, i));
        }

        return i;
    }

    private static int UndoPaeth<TPixel>(ref byte row, ref byte above, int end)
        where TPixel : struct, IPixel
    {
        var left = Vector128<short>.Zero;
        var upperLeft = Vector128<short>.Zero;
        int i = 0;
        for (; i <= end; i += TPixel.Length)
        {
            var up = Vector128.WidenLower(TPixel.Load(ref Unsafe.Add(ref above, i))).AsInt16();
            var raw = Vector128.WidenLower(TPixel.Load(ref Unsafe.Add(ref row, i))).AsInt16();
            var fromLeft = up - upperLeft;
            var fromUp = left - upperLeft;
            var distanceLeft = Vector128.Abs(fromLeft);
            var distanceUp = Vector128.Abs(fromUp);
            var distanceUpperLeft = Vector128.Abs(fromLeft + fromUp);
            var nearest = Vector128.Min(Vector128.Min(distanceLeft, distanceUp), distanceUpperLeft);
            var second = Vector128.ConditionalSelect(Vector128.Equals(distanceUp, nearest), up, upperLeft);
            var predicted = Vector128.ConditionalSelect(Vector128.Equals(distanceLeft, nearest), left, second);
            upperLeft = up;
            left = (raw + predicted) & Vector128.Create((short)0xFF);
            TPixel.Store(Vector128.Narrow(left.AsUInt16(), left.AsUInt16()), ref Unsafe.Add(ref row, i));
        }

        return i;
    }

    /// <summary>How a pixel of so many bytes goes to and from the low end of a vector; loading may read more than it.</summary>
    private interface IPixel
    {
        static abstract int Length { get; }

        static abstract int LoadLength { get; }

        static abstract Vector128<byte> Load(ref byte source);

        static abstract void Store(Vector128<byte> pixel, ref byte target);
    }

    private readonly struct Pixel1 : IPixel
    {
        public static int Length => 1;

        public static int LoadLength => 1;

        public static Vector128<byte> Load(ref byte source) => Vector128.CreateScalar((uint)source).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target) => target = (byte)pixel.AsUInt32().ToScalar();
    }

    private readonly struct Pixel2 : IPixel
    {
        public static int Length => 2;

        public static int LoadLength => 2;

        public static Vector128<byte> Load(ref byte source) =>
            Vector128.CreateScalar((uint)Unsafe.ReadUnaligned<ushort>(ref source)).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target) =>
            Unsafe.WriteUnaligned(ref target, (ushort)pixel.AsUInt32().ToScalar());
    }

    private readonly struct Pixel3 : IPixel
    {
        public static int Length => 3;

        public static int LoadLength => 4;

        public static Vector128<byte> Load(ref byte source) =>
            Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref source)).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target)
        {
            uint value = pixel.AsUInt32().ToScalar();
            Unsafe.WriteUnaligned(ref target, (ushort)value);
            Unsafe.Add(ref target, 2) = (byte)(value >> 16);
        }
    }

    private readonly struct Pixel4 : IPixel
    {
        public static int Length => 4;

        public static int LoadLength => 4;

        public static Vector128<byte> Load(ref byte source) =>
            Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref source)).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target) =>
            Unsafe.WriteUnaligned(ref target, pixel.AsUInt32().ToScalar());
    }

    private readonly struct Pixel6 : IPixel
    {
        public static int Length => 6;

        public static int LoadLength => 8;

        public static Vector128<byte> Load(ref byte source) =>
            Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target)
        {
            ulong value = pixel.AsUInt64().ToScalar();
            Unsafe.WriteUnaligned(ref target, (uint)value);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 4), (ushort)(value >> 32));
        }
    }

    private readonly struct Pixel8 : IPixel
    {
        public static int Length => 8;

        public static int LoadLength => 8;

        public static Vector128<byte> Load(ref byte source) =>
            Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte();

        public static void Store(Vector128<byte> pixel, ref byte target) =>
            Unsafe.WriteUnaligned(ref target, pixel.AsUInt64().ToScalar());
    }
}
