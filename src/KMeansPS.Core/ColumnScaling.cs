using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>
/// How the columns of points were brought to one scale: a scaled value is (value - offset) / factor, in double
/// precision. Points that carry a scaling have scaled values; points without one are in the user's units.
/// </summary>
public sealed class ColumnScaling : IEquatable<ColumnScaling>
{
    private readonly double[] _offset;
    private readonly double[] _factor;

    /// <summary>Makes a scaling of known numbers.</summary>
    /// <param name="method">How they were found; not <see cref="ScalingMethod.None"/>.</param>
    /// <param name="offset">For each column the value that becomes 0, finite.</param>
    /// <param name="factor">For each column how much of the user's unit becomes 1, finite and above 0.</param>
    public ColumnScaling(ScalingMethod method, IReadOnlyList<double> offset, IReadOnlyList<double> factor)
    {
        ArgumentNullException.ThrowIfNull(offset);
        ArgumentNullException.ThrowIfNull(factor);
        if (method == ScalingMethod.None || !Enum.IsDefined(method))
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "A scaling is by MinMax or ZScore.");
        }

        if (offset.Count == 0 || offset.Count != factor.Count)
        {
            throw new ArgumentException($"A scaling has one offset and one factor for each column, not {offset.Count} and {factor.Count}.", nameof(factor));
        }

        if (!offset.All(double.IsFinite) || !factor.All(static value => double.IsFinite(value) && value > 0))
        {
            throw new ArgumentException("The offsets of a scaling are finite numbers, its factors finite numbers above 0.", nameof(factor));
        }

        Method = method;
        _offset = [.. offset];
        _factor = [.. factor];
    }

    /// <summary>How the numbers were found.</summary>
    public ScalingMethod Method { get; }

    /// <summary>How many columns there are (d).</summary>
    public int Dimension => _offset.Length;

    /// <summary>For each column the value, in the user's units, that becomes 0: its least value, or its mean.</summary>
    public IReadOnlyList<double> Offset => _offset;

    /// <summary>For each column how much of the user's unit becomes 1: its range, or its standard deviation; 1 for a column in which all values are the same.</summary>
    public IReadOnlyList<double> Factor => _factor;

    /// <summary>Finds the scaling of points.</summary>
    /// <param name="points">n x d points in the user's units.</param>
    /// <param name="method">MinMax or ZScore.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static ColumnScaling Fit(PointSet points, ScalingMethod method, ParallelOptions? parallel = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Scaling is not null)
        {
            throw new ArgumentException("The points are scaled already.", nameof(points));
        }

        parallel ??= new ParallelOptions();
        var (offset, factor) = points switch
        {
            PointSet<float> single => ColumnScales.Of(single, method, parallel),
            PointSet<double> full => ColumnScales.Of(full, method, parallel),
            _ => throw new ArgumentException($"Points of {points.ElementType} cannot be scaled.", nameof(points)),
        };
        return new ColumnScaling(method, offset, factor);
    }

    /// <summary>The scaled value of a value in the user's units.</summary>
    /// <param name="column">0 to d - 1.</param>
    /// <param name="value">In the user's units.</param>
    public double Scale(int column, double value) => (value - _offset[column]) / _factor[column];

    /// <summary>The value in the user's units of a scaled value.</summary>
    /// <param name="column">0 to d - 1.</param>
    /// <param name="value">A scaled value.</param>
    public double Unscale(int column, double value) => (value * _factor[column]) + _offset[column];

    /// <inheritdoc/>
    public bool Equals(ColumnScaling? other) => ReferenceEquals(this, other)
        || (other is not null && Method == other.Method && _offset.AsSpan().SequenceEqual(other._offset) && _factor.AsSpan().SequenceEqual(other._factor));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ColumnScaling);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, _offset.Length, _offset[0], _factor[0]);

    /// <summary>A short description, such as <c>ZScore</c>.</summary>
    public override string ToString() => Method.ToString();
}
