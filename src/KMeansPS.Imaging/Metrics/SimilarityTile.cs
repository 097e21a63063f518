using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// The similarities of up to 64 x 64 windows. The Gaussian falls apart into one along the rows and one down the columns,
/// and four maps need it: either picture, the sum of their squares, and their product. Lanes are pixels, so that the
/// width of the vectors changes nothing; about 55 operations on four doubles for four pixels of a channel.
/// </summary>
internal sealed class SimilarityTile
{
    /// <summary>The most windows in a row and in a column.</summary>
    internal const int Size = 64;

    /// <summary>How many more pixels than windows there are in a row.</summary>
    internal const int Border = 2 * Radius;

    private const int Radius = 5;
    private const int Maps = 4;
    private const int Lanes = 4;
    private const int Rows = Size + Border;

    // Rows a power of two apart would crowd into a few lines of the cache.
    private const int Pitch = Size + Lanes;
    private const int MapLength = Rows * Pitch;
    private const int RowLength = Rows + Lanes;

    // exp(-(i / 1.5)^2 / 2), divided by their sum over i = -5 ... 5.
    private const double Weight0 = 0.26601172486179436;
    private const double Weight1 = 0.2130055377112537;
    private const double Weight2 = 0.10936068950970002;
    private const double Weight3 = 0.036000772128430815;
    private const double Weight4 = 0.007598758135239186;
    private const double Weight5 = 0.00102838008447911;

    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    private readonly PixelImage _first;
    private readonly PixelImage _second;
    private readonly double[] _row = new double[Maps * RowLength];
    private readonly double[] _blurred = new double[Maps * MapLength];
    private readonly double[] _similarities = new double[Size];
    private int _x;
    private int _y;
    private int _width;
    private int _height;

    internal SimilarityTile(PixelImage first, PixelImage second)
    {
        _first = first;
        _second = second;
    }

    /// <summary>Goes to the windows whose upper left pixels start at a place.</summary>
    internal void Place(int x, int y)
    {
        (_x, _y) = (x, y);
        _width = Math.Min(Size, _first.Width - Border - x);
        _height = Math.Min(Size, _first.Height - Border - y);
        Debug.Assert(_width > 0 && _height > 0);
    }

    /// <summary>The sum of the similarities of all windows in a channel, row by row.</summary>
    /// <param name="channel">0 to 2.</param>
    /// <param name="ground">The level of the ground that the pictures lie over.</param>
    internal double Sum(int channel, int ground)
    {
        for (int y = 0; y < _height + Border; y++)
        {
            LoadRow(y, channel, ground);
            BlurRow(y);
        }

        double sum = 0;
        for (int y = 0; y < _height; y++)
        {
            CompareRow(y);
            for (int x = 0; x < _width; x++)
            {
                sum += _similarities[x];
            }
        }

        return sum;
    }

    private void LoadRow(int y, int channel, int ground)
    {
        var first = MemoryMarshal.AsBytes(_first.Row(_y + y).Slice(_x, _width + Border));
        var second = MemoryMarshal.AsBytes(_second.Row(_y + y).Slice(_x, _width + Border));
        var rows = _row.AsSpan();
        for (int x = 0; x < _width + Border; x++)
        {
            int at = x * Unsafe.SizeOf<Rgba>();
            int alphaAt = at + 3;
            double a = first[alphaAt] == 255 ? first[at + channel] : Ground.Seen(first[at + channel], first[alphaAt], ground);
            double b = second[alphaAt] == 255 ? second[at + channel] : Ground.Seen(second[at + channel], second[alphaAt], ground);
            rows[x] = a;
            rows[RowLength + x] = b;
            rows[(2 * RowLength) + x] = (a * a) + (b * b);
            rows[(3 * RowLength) + x] = a * b;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlurRow(int y)
    {
        for (int map = 0; map < Maps; map++)
        {
            ref double from = ref _row[(map * RowLength) + Radius];
            ref double to = ref _blurred[(map * MapLength) + (y * Pitch)];
            for (int x = 0; x < _width; x += Lanes)
            {
                Blur(ref Unsafe.Add(ref from, x), 1).StoreUnsafe(ref to, (nuint)x);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CompareRow(int y)
    {
        ref double centre = ref _blurred[(y + Radius) * Pitch];
        var c1 = Vector256.Create(C1);
        var c2 = Vector256.Create(C2);
        for (int x = 0; x < _width; x += Lanes)
        {
            ref double at = ref Unsafe.Add(ref centre, x);
            var a = Blur(ref at, Pitch);
            var b = Blur(ref Unsafe.Add(ref at, MapLength), Pitch);
            var squares = Blur(ref Unsafe.Add(ref at, 2 * MapLength), Pitch);
            var product = Blur(ref Unsafe.Add(ref at, 3 * MapLength), Pitch);
            var meanSquares = (a * a) + (b * b);
            var meanProduct = a * b;
            var above = (meanProduct + meanProduct + c1) * (product - meanProduct + (product - meanProduct) + c2);
            var below = (meanSquares + c1) * (squares - meanSquares + c2);
            (above / below).StoreUnsafe(ref _similarities[x]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Blur(ref double centre, int step) =>
        (Vector256.LoadUnsafe(ref centre) * Weight0)
            + (Both(ref centre, step) * Weight1)
            + (Both(ref centre, 2 * step) * Weight2)
            + (Both(ref centre, 3 * step) * Weight3)
            + (Both(ref centre, 4 * step) * Weight4)
            + (Both(ref centre, 5 * step) * Weight5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Both(ref double centre, int distance) =>
        Vector256.LoadUnsafe(ref Unsafe.Subtract(ref centre, distance)) + Vector256.LoadUnsafe(ref Unsafe.Add(ref centre, distance));
}
