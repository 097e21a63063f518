using System.Numerics;

namespace KMeansPS;

/// <summary>
/// n points of d dimensions, with optional names of the columns and weights of the points. This is what parameters and
/// scripts name; the values are in <see cref="PointSet{T}"/>. It is one object and not a collection, so that a pipeline
/// passes it whole.
/// </summary>
public abstract class PointSet
{
    private readonly double[]? _weights;

    private protected PointSet(int count, int dimension, double[]? weights, bool weightsAreCounts = false)
    {
        if (weights is not null && weights.Length != count)
        {
            throw new ArgumentException($"{count} points need {count} weights, not {weights.Length}.", nameof(weights));
        }

        if (weights is not null && !weightsAreCounts)
        {
            ThrowIfNotWeights(weights);
        }

        Count = count;
        Dimension = dimension;
        _weights = weights;
        WeightsAreCounts = weightsAreCounts;
    }

    /// <summary>How many points there are (n), at least 1.</summary>
    public int Count { get; }

    /// <summary>How many values a point has (d), at least 1.</summary>
    public int Dimension { get; }

    /// <summary>The names of the d columns; empty where they have none.</summary>
    public IReadOnlyList<string> ColumnName { get; init; } = [];

    /// <summary>The picture whose pixels the points are, row by row; null for other points.</summary>
    public PictureShape? Picture { get; init; }

    /// <summary>How the values were scaled; null where they are in the user's units.</summary>
    public ColumnScaling? Scaling { get; internal init; }

    /// <summary>Whether the points carry weights other than 1.</summary>
    public bool IsWeighted => _weights is not null;

    /// <summary>One weight a point, each above 0; empty where every weight is 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Whether a weight says how many points lie at one place.</summary>
    internal bool WeightsAreCounts { get; }

    /// <summary>The type of the values: <see cref="float"/> or <see cref="double"/>.</summary>
    public abstract Type ElementType { get; }

    /// <summary>A copy of one point: d values as they are in the set, scaled where the set is.</summary>
    /// <param name="index">0 to n - 1.</param>
    public abstract double[] GetPoint(int index);

    /// <summary>The same points in the given precision: this very object where they are in it already.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public abstract PointSet<T> ToPrecision<T>()
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same points under a scaling that is found from them: from their values in the user's units, weights counted.</summary>
    /// <param name="method">How; None gives them in the user's units.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public PointSet ScaledBy(ScalingMethod method, ParallelOptions? parallel = null)
    {
        var plain = ScaledAs(null, parallel);
        return method == ScalingMethod.None ? plain : plain.ScaledAs(ColumnScaling.Fit(plain, method, parallel), parallel);
    }

    /// <summary>The same points under a given scaling, such as that of a model: this very object where it has it already.</summary>
    /// <param name="scaling">The scaling; null for the user's units.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <exception cref="ArgumentException">The scaling is of another dimension, or a scaled value is too large.</exception>
    public abstract PointSet ScaledAs(ColumnScaling? scaling, ParallelOptions? parallel = null);

    /// <summary>A short description, such as <c>300 points of 2 dimensions</c>.</summary>
    public override string ToString() =>
        $"{Count} point{(Count == 1 ? "" : "s")} of {Dimension} dimension{(Dimension == 1 ? "" : "s")}";

    private protected double[]? WeightArray => _weights;

    private static void ThrowIfNotWeights(double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentException($"The weight of point {i} is {weights[i]}: a weight is a finite number above 0.", nameof(weights));
            }

            sum += weights[i];
        }

        if (!double.IsFinite(sum))
        {
            throw new ArgumentException("The weights add up to more than a double can hold; divide them all by one number.", nameof(weights));
        }
    }
}
