using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Colours as points whose squared Euclidean distance is the error that a person could see. Opaque colours are their
/// three coordinates in a colour space. Colours with alpha are four coordinates whose squared distance is the mean of
/// the squared errors over a black and over a white ground: with p the coordinates times a / 255 and w those of white,
/// the error over black is the change of p, that over white the change of p - w a / 255, and the mean of their squares
/// is that of p - w a / 510 plus a quarter of the squared length of w times that of a / 255. The colour is thereby mixed
/// with its ground in the space itself: in RGB as programs do, in linear RGB as light does, in Oklab and CIELAB as an
/// approximation of either.
/// </summary>
internal sealed class ColorGeometry
{
    private const int ColorsBetweenLooks = 1 << 14;

    private readonly ColorCoordinates _coordinates;
    private readonly bool _opaque;

    // Half of white's coordinates for each level of alpha, and half of white's length.
    private readonly float[] _halfWhite = new float[3];
    private readonly float _alphaScale;

    /// <summary>Makes ready to turn colours into points and back.</summary>
    /// <param name="space">The colour space.</param>
    /// <param name="opaque">Whether every colour is opaque: then points have three dimensions, else four.</param>
    internal ColorGeometry(ColorSpace space, bool opaque)
        : this(ColorCoordinates.Of(space), opaque)
    {
    }

    private ColorGeometry(ColorCoordinates coordinates, bool opaque)
    {
        _coordinates = coordinates;
        _opaque = opaque;
        _coordinates.FromColor(new Rgba(255, 255, 255), _halfWhite);
        double square = 0;
        foreach (ref float half in _halfWhite.AsSpan())
        {
            square += (double)half * half;
            half /= 510;
        }

        _alphaScale = (float)(Math.Sqrt(square) / 510);
    }

    /// <summary>The geometry that dither is chosen in: <see cref="ColorCoordinates.ForDithering"/>.</summary>
    internal static ColorGeometry ForDithering(ColorSpace space, bool opaque) => new(ColorCoordinates.ForDithering(space), opaque);

    internal int Dimension => _opaque ? 3 : 4;

    /// <summary>A power of two that no coordinate reaches.</summary>
    internal int Reach => _coordinates.Reach;

    /// <summary>An inertia of points in squared units of the space as it is published; of RGB, in squared levels.</summary>
    internal double InertiaInSpace(double inertia) => inertia / (_coordinates.Scale * _coordinates.Scale);

    /// <summary>n colours as n points; up to three cube roots each.</summary>
    internal PointSet<float> ToPoints(ReadOnlySpan<Rgba> colors, double[]? weights = null, CancellationToken cancellationToken = default)
    {
        int d = Dimension;
        var values = GC.AllocateUninitializedArray<float>(colors.Length * d);
        for (int start = 0; start < colors.Length; start += ColorsBetweenLooks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = colors.Slice(start, Math.Min(ColorsBetweenLooks, colors.Length - start));
            ToPoints(some, values.AsSpan(start * d, some.Length * d));
        }

        return new PointSet<float>(values, d, weights);
    }

    private void ToPoints(ReadOnlySpan<Rgba> colors, Span<float> points)
    {
        if (_opaque)
        {
            _coordinates.FromColors(colors, points);
            return;
        }

        for (int i = 0; i < colors.Length; i++)
        {
            ToPoint(colors[i], points.Slice(i * Dimension, Dimension));
        }
    }

    /// <summary>One colour as a point of as many dimensions as there are.</summary>
    internal void ToPoint(Rgba color, Span<float> point)
    {
        _coordinates.FromColor(color, point);
        if (!_opaque)
        {
            float share = color.A / 255f;
            for (int j = 0; j < _halfWhite.Length; j++)
            {
                point[j] = (point[j] * share) - (color.A * _halfWhite[j]);
            }

            point[3] = color.A * _alphaScale;
        }
    }

    /// <summary>The colour of 8 bits a channel that lies nearest to a point, channel by channel.</summary>
    internal Rgba ToColor(ReadOnlySpan<float> point)
    {
        if (_opaque)
        {
            return _coordinates.ToColor(point);
        }

        float alpha = point[3] / _alphaScale;
        byte a = (byte)Math.Clamp(alpha + 0.5f, 0f, 255f);
        if (a == 0)
        {
            return default;
        }

        float full = 255f / alpha;
        Span<float> color = stackalloc float[3];
        for (int j = 0; j < color.Length; j++)
        {
            color[j] = (point[j] + (alpha * _halfWhite[j])) * full;
        }

        return _coordinates.ToColor(color) with { A = a };
    }

    /// <summary>Exact for opaque colours in RGB, whose coordinates are whole numbers.</summary>
    internal static double SquaredDistance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (int j = 0; j < first.Length; j++)
        {
            double difference = (double)first[j] - second[j];
            sum += difference * difference;
        }

        return sum;
    }
}
