using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>n points of d dimensions in one contiguous block, row by row.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PointSet<T> : PointSet
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _values;

    /// <summary>Makes a point set over memory that it borrows: the caller leaves the values as they are from now on.</summary>
    /// <param name="values">n x d finite values, row by row, n at least 1.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="weights">One finite weight above 0 for each point, borrowed too; null where every weight is 1.</param>
    /// <exception cref="ArgumentException">
    /// The values do not make whole points, or one of them is not finite, or so large that squared distances leave the
    /// range of T; the message names the point and the column, both counted from 0.
    /// </exception>
    public PointSet(ReadOnlyMemory<T> values, int dimension, double[]? weights = null)
        : base(CountOf(values, dimension), dimension, weights)
    {
        _values = values;
        double limit = LimitFor(Count, dimension, weights);
        if (!FiniteRange.Holds(values.Span, limit))
        {
            int at = FiniteRange.IndexOfFirstOutside(values.Span, limit);
            T value = values.Span[at];
            string why = T.IsFinite(value)
                ? $"is too large for distances in {(typeof(T) == typeof(float) ? "single" : "double")} precision (the limit for {Count} x {Dimension} values is {limit}); scale the data"
                : "is not a finite number";
            throw new ArgumentException($"Point {at / dimension}, column {at % dimension}: {value} {why}.", nameof(values));
        }
    }

    // Over values that were held against the limit already.
    private PointSet(int dimension, ReadOnlyMemory<T> checkedValues, double[]? weights = null, bool weightsAreCounts = false)
        : base(CountOf(checkedValues, dimension), dimension, weights, weightsAreCounts) => _values = checkedValues;

    /// <summary>Makes a point set of the rows of an array, copied.</summary>
    /// <param name="rows">n x d values.</param>
    public static PointSet<T> FromRows(T[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new T[rows.Length];
        int at = 0;
        foreach (T value in rows)
        {
            values[at++] = value;
        }

        return new PointSet<T>(values, rows.GetLength(1));
    }

    /// <summary>All values: point i has those from i x d on.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <inheritdoc/>
    public override Type ElementType => typeof(T);

    /// <summary>The d values of one point.</summary>
    /// <param name="index">0 to n - 1.</param>
    public ReadOnlySpan<T> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _values.Span.Slice(index * Dimension, Dimension);
        }
    }

    /// <inheritdoc/>
    public override double[] GetPoint(int index)
    {
        var point = new double[Dimension];
        var values = this[index];
        for (int j = 0; j < point.Length; j++)
        {
            point[j] = double.CreateTruncating(values[j]);
        }

        GC.KeepAlive(this); // the values may be those of a mapped file, which lives as long as the set
        return point;
    }

    /// <inheritdoc/>
    public override PointSet<TOther> ToPrecision<TOther>()
    {
        if (this is PointSet<TOther> same)
        {
            return same;
        }

        var values = new TOther[_values.Length];
        var from = _values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = TOther.CreateTruncating(from[i]);
        }

        return new PointSet<TOther>(values, Dimension, WeightArray) { ColumnName = ColumnName, Picture = Picture, Scaling = Scaling };
    }

    /// <summary>Some consecutive points, borrowed from this set.</summary>
    internal PointSet<T> Slice(int start, int count) =>
        new(_values.Slice(start * Dimension, count * Dimension), Dimension, WeightArray?[start..(start + count)]) { ColumnName = ColumnName, Scaling = Scaling };

    /// <summary>Makes a point set over values that were held against <see cref="LimitFor(int, int)"/> already.</summary>
    internal static PointSet<T> OfChecked(ReadOnlyMemory<T> values, int dimension, IReadOnlyList<string> columnName, double[]? weights = null) =>
        new(dimension, values, weights) { ColumnName = columnName };

    /// <inheritdoc/>
    public override PointSet ScaledAs(ColumnScaling? scaling, ParallelOptions? parallel = null) => Under(scaling, parallel);

    /// <summary>What <see cref="ScaledAs"/> gives, known to be of this precision.</summary>
    internal PointSet<T> Under(ColumnScaling? scaling, ParallelOptions? parallel = null)
    {
        if (Equals(Scaling, scaling))
        {
            return this;
        }

        if (scaling is not null && scaling.Dimension != Dimension)
        {
            throw new ArgumentException($"The points have {Dimension} dimensions, the scaling {scaling.Dimension}.", nameof(scaling));
        }

        var values = new T[_values.Length];
        var blocks = Blocks.For(Count);
        blocks.ForEach(parallel ?? new ParallelOptions(), block =>
        {
            var from = _values.Span;
            int end = (blocks.Start(block) + blocks.Length(block)) * Dimension;
            for (int at = blocks.Start(block) * Dimension; at < end; at += Dimension)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    double value = double.CreateTruncating(from[at + j]);
                    value = Scaling is null ? value : Scaling.Unscale(j, value);
                    values[at + j] = T.CreateTruncating(scaling is null ? value : scaling.Scale(j, value));
                }
            }
        });
        return new PointSet<T>(values, Dimension, WeightArray) { ColumnName = ColumnName, Picture = Picture, Scaling = scaling };
    }

    /// <summary>Some of the points, copied, scaled in the same way, with weights of their own.</summary>
    internal PointSet<T> Select(IReadOnlyList<int> indices, double[]? weights)
    {
        var values = new T[indices.Count * Dimension];
        for (int i = 0; i < indices.Count; i++)
        {
            this[indices[i]].CopyTo(values.AsSpan(i * Dimension));
        }

        return new PointSet<T>(values, Dimension, weights) { ColumnName = ColumnName, Scaling = Scaling };
    }

    /// <summary>Other points in the same columns, scaled in the same way: centroids, mostly.</summary>
    internal PointSet<T> WithValues(T[] values) => new(values, Dimension) { ColumnName = ColumnName, Scaling = Scaling };

    /// <summary>Places of points of this set, so that no value need be held against the limit, and how many points each holds.</summary>
    internal PointSet<T> Places(T[] values, double[] counts) =>
        new(Dimension, values, counts, weightsAreCounts: true) { ColumnName = ColumnName, Scaling = Scaling };

    // Within this limit no sum of all squared distances overflows, with room to spare for bounds on them.
    internal static double LimitFor(int count, int dimension) =>
        Math.Sqrt((typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue) / (16.0 * count * dimension));

    // The same for weighted sums, which are in double.
    private static double LimitFor(int count, int dimension, double[]? weights) => weights is null
        ? LimitFor(count, dimension)
        : Math.Min(LimitFor(count, dimension), Math.Sqrt(double.MaxValue / 16 / dimension / weights.Sum()));

    private static int CountOf(ReadOnlyMemory<T> values, int dimension)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Points are of float or double values, not of {typeof(T)}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.IsEmpty || values.Length % dimension != 0)
        {
            throw new ArgumentException($"{values.Length} values do not make one or more points of {dimension} dimensions.", nameof(values));
        }

        return values.Length / dimension;
    }
}
