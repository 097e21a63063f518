using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>
/// The colours of sRGB as points of a colour space. The coordinates are scaled so that the gamut of sRGB has about the
/// volume of the cube of RGB levels: a cell of a grid of some edge then holds about as many colours in every space.
/// </summary>
internal abstract class ColorCoordinates
{
    private ColorCoordinates(double scale, int reach)
    {
        Scale = scale;
        Reach = reach;
    }

    /// <summary>How many units of the coordinates make one unit of the space as it is published; of RGB, one level.</summary>
    internal double Scale { get; }

    /// <summary>A power of two that no coordinate of a colour of sRGB reaches.</summary>
    internal int Reach { get; }

    /// <summary>The coordinates of a space.</summary>
    internal static ColorCoordinates Of(ColorSpace space) => space switch
    {
        ColorSpace.Rgb => new RgbCoordinates(),
        ColorSpace.LinearRgb => new LinearRgbCoordinates(),
        ColorSpace.Oklab => new OklabCoordinates(),
        ColorSpace.Lab => new LabCoordinates(),
        _ => throw new ArgumentOutOfRangeException(nameof(space), space, "There is no such colour space."),
    };

    /// <summary>
    /// The same with more weight on what makes a colour light. Dither is grain, and the eye sees fine grain in lightness
    /// but hardly in hue (K. T. Mullen, 1985, "The contrast sensitivity of human colour vision"): so errors of hue may be
    /// larger where those of lightness become smaller. In RGB it is green that has most of the lightness. How much was
    /// measured by DSSIM and SSIM.
    /// </summary>
    internal static ColorCoordinates ForDithering(ColorSpace space) => space is ColorSpace.Rgb or ColorSpace.LinearRgb
        ? new ScaledCoordinates(Of(space), MathF.Sqrt(0.5f), 1, MathF.Sqrt(0.5f))
        : new ScaledCoordinates(Of(space), 1, 0.5f, 0.5f);

    /// <summary>The three coordinates of a colour, whatever its alpha.</summary>
    internal abstract void FromColor(Rgba color, Span<float> point);

    /// <summary>The three coordinates of each of some colours.</summary>
    internal virtual void FromColors(ReadOnlySpan<Rgba> colors, Span<float> points)
    {
        for (int i = 0; i < colors.Length; i++)
        {
            FromColor(colors[i], points.Slice(3 * i, 3));
        }
    }

    /// <summary>The opaque colour of 8 bits a channel whose levels lie nearest, channel by channel, to those of a point.</summary>
    internal abstract Rgba ToColor(ReadOnlySpan<float> point);

    private sealed class RgbCoordinates() : ColorCoordinates(scale: 1, reach: 256)
    {
        internal override void FromColor(Rgba color, Span<float> point) => (point[0], point[1], point[2]) = (color.R, color.G, color.B);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void FromColors(ReadOnlySpan<Rgba> colors, Span<float> points)
        {
            points = points[..(3 * colors.Length)];
            for (int i = 0; i < colors.Length; i++)
            {
                points[3 * i] = colors[i].R;
                points[(3 * i) + 1] = colors[i].G;
                points[(3 * i) + 2] = colors[i].B;
            }
        }

        internal override Rgba ToColor(ReadOnlySpan<float> point) => new(ToByte(point[0]), ToByte(point[1]), ToByte(point[2]));

        private static byte ToByte(float channel) => (byte)Math.Clamp(channel + 0.5f, 0f, 255f);
    }

    private sealed class LinearRgbCoordinates() : ColorCoordinates(scale: 255, reach: 256)
    {
        internal override void FromColor(Rgba color, Span<float> point)
        {
            point[0] = (float)(SrgbCurve.ToLinear(color.R) * Scale);
            point[1] = (float)(SrgbCurve.ToLinear(color.G) * Scale);
            point[2] = (float)(SrgbCurve.ToLinear(color.B) * Scale);
        }

        internal override Rgba ToColor(ReadOnlySpan<float> point) =>
            new(SrgbCurve.ToLevel(point[0] / Scale), SrgbCurve.ToLevel(point[1] / Scale), SrgbCurve.ToLevel(point[2] / Scale));
    }

    private sealed class OklabCoordinates() : ColorCoordinates(scale: 424, reach: 512)
    {
        // Oklab as it is published makes less of small differences in hue and chroma than the eye does. Counted twice,
        // as deltaEOK2 of Color.js counts them, they bring the mean CIEDE2000 of a palette below that of CIELAB.
        private const double ChromaScale = 2;

        internal override void FromColor(Rgba color, Span<float> point)
        {
            var oklab = Oklab.Of(color);
            point[0] = (float)(oklab.L * Scale);
            point[1] = (float)(oklab.A * Scale * ChromaScale);
            point[2] = (float)(oklab.B * Scale * ChromaScale);
        }

        internal override Rgba ToColor(ReadOnlySpan<float> point) => new Oklab(point[0] / Scale, point[1] / Scale / ChromaScale, point[2] / Scale / ChromaScale).ToColor();
    }

    private sealed class LabCoordinates() : ColorCoordinates(scale: 2.72, reach: 512)
    {
        internal override void FromColor(Rgba color, Span<float> point)
        {
            var lab = Lab.Of(color);
            point[0] = (float)(lab.L * Scale);
            point[1] = (float)(lab.A * Scale);
            point[2] = (float)(lab.B * Scale);
        }

        internal override Rgba ToColor(ReadOnlySpan<float> point) => new Lab(point[0] / Scale, point[1] / Scale, point[2] / Scale).ToColor();
    }

    private sealed class ScaledCoordinates(ColorCoordinates space, float first, float second, float third)
        : ColorCoordinates(space.Scale, space.Reach)
    {
        internal override void FromColor(Rgba color, Span<float> point)
        {
            space.FromColor(color, point);
            point[0] *= first;
            point[1] *= second;
            point[2] *= third;
        }

        internal override Rgba ToColor(ReadOnlySpan<float> point) => space.ToColor([point[0] / first, point[1] / second, point[2] / third]);
    }
}
