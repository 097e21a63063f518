using System.Numerics;

namespace KMeansPS.MiniBatch;

/// <summary>
/// Finds the scaling of a stream while it is read once: the range of every column, and its mean and variance batch by
/// batch, which are then brought together (T. F. Chan, G. H. Golub and R. J. LeVeque, 1979, "Updating formulae and a
/// pairwise algorithm for computing sample variances").
/// </summary>
/// <param name="dimension">d.</param>
internal sealed class StreamScales<T>(int dimension)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _least = Filled(dimension, double.PositiveInfinity);
    private readonly double[] _greatest = Filled(dimension, double.NegativeInfinity);
    private readonly double[] _mean = new double[dimension];
    private readonly double[] _squares = new double[dimension];
    private double _weight;

    // All is counted from the first point of the stream, so that a large offset does no harm.
    private double[] _origin = [];

    internal bool HasPoints => _weight > 0;

    internal void Add(PointSet<T> batch)
    {
        _origin = HasPoints ? _origin : batch.GetPoint(0);
        double weight = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            weight += WeightOf(batch, i);
        }

        var mean = Sums(batch, new double[dimension], power: 1);
        for (int j = 0; j < dimension; j++)
        {
            mean[j] /= weight;
        }

        var squares = Sums(batch, mean, power: 2);
        double all = _weight + weight;
        for (int j = 0; j < dimension; j++)
        {
            double apart = mean[j] - _mean[j];
            _squares[j] += squares[j] + (apart * apart * (_weight / all) * weight);
            _mean[j] += apart * (weight / all);
        }

        _weight = all;
    }

    /// <summary>The scaling of all points that have come. A column in which all values are the same has the factor 1.</summary>
    internal ColumnScaling ToScaling(ScalingMethod method)
    {
        var offset = new double[dimension];
        var factor = new double[dimension];
        for (int j = 0; j < dimension; j++)
        {
            double range = _greatest[j] - _least[j];
            double width = method == ScalingMethod.ZScore ? Math.Sqrt(_squares[j] / _weight) : range;
            offset[j] = method == ScalingMethod.ZScore && range > 0 ? _origin[j] + _mean[j] : _least[j];
            factor[j] = range > 0 && width > 0 ? width : 1;
        }

        return new ColumnScaling(method, offset, factor);
    }

    // For each column the weighted sum of (value - centre) to the power 1 or 2.
    private double[] Sums(PointSet<T> batch, double[] centre, int power)
    {
        var sums = new double[dimension];
        var values = batch.Values;
        for (int i = 0; i < batch.Count; i++)
        {
            double weight = WeightOf(batch, i);
            var point = values.Slice(i * dimension, dimension);
            for (int j = 0; j < point.Length; j++)
            {
                double value = double.CreateTruncating(point[j]);
                _least[j] = Math.Min(_least[j], value);
                _greatest[j] = Math.Max(_greatest[j], value);
                double difference = value - _origin[j] - centre[j];
                sums[j] += weight * (power == 1 ? difference : difference * difference);
            }
        }

        return sums;
    }

    private static double WeightOf(PointSet<T> batch, int point) => batch.IsWeighted ? batch.Weights[point] : 1;

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
