using System.Collections;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>
/// Reads one point after another out of objects, dictionaries, arrays and numbers. The first good one decides which
/// properties count and how many values a point has; each that does not fit is reported once and left out.
/// </summary>
/// <param name="property">The properties to read; null for all that are numbers in the first object.</param>
/// <param name="demanded">Whether a person named these properties, so that arrays and numbers, which have none, do not fit.</param>
/// <param name="report">Told of every row that is left out.</param>
internal sealed class RowReader(IReadOnlyList<string>? property, bool demanded, Action<ErrorRecord> report)
{
    private IReadOnlyList<string>? _columns = property;
    private double[] _row = [];
    private long _number;

    /// <summary>The property that is the weight of a point, and no coordinate unless it is named as one; null where every weight is 1.</summary>
    internal string? Weight { get; init; }

    /// <summary>The weight of the row that was read last.</summary>
    internal double RowWeight { get; private set; } = 1;

    /// <summary>The names of the columns; empty where the points come from arrays or numbers.</summary>
    internal IReadOnlyList<string> ColumnName { get; private set; } = [];

    /// <summary>How many values a point has; 0 before the first one.</summary>
    internal int Dimension { get; private set; }

    /// <summary>Reads one point.</summary>
    /// <param name="input">What came.</param>
    /// <param name="row">Its values, until the next call.</param>
    internal bool TryRead(PSObject input, out ReadOnlySpan<double> row)
    {
        _number++;
        object value = input.BaseObject;
        bool good = (Weight is null || TakeWeight(input)) && value switch
        {
            _ when demanded => TakeProperties(input),
            KMeansCentroid centroid => TakeList(input, centroid.Centroid),
            _ when Number.TryRead(value, out double number) => TakeList(input, new[] { number }),
            string text => Refuse(PointErrors.NotNumeric(_number, "text", text, input)),
            _ when LanguagePrimitives.GetEnumerable(value) is { } list => TakeList(input, list),
            _ => TakeProperties(input),
        };
        row = good ? _row : default;
        return good;
    }

    private bool TakeList(PSObject input, IEnumerable list)
    {
        var values = new List<double>(Dimension);
        foreach (object? item in list)
        {
            if (!Number.TryRead(item, out double number))
            {
                return Refuse(PointErrors.NotNumeric(_number, $"value {values.Count + 1}", item, input));
            }

            if (!double.IsFinite(number))
            {
                return Refuse(PointErrors.NotFinite(_number, $"value {values.Count + 1}", number, input));
            }

            values.Add(number);
        }

        if (values.Count == 0 || (Dimension > 0 && values.Count != Dimension))
        {
            return Refuse(PointErrors.LengthDiffers(_number, values.Count, Dimension, input));
        }

        _row = [.. values];
        Dimension = _row.Length;
        return true;
    }

    private bool TakeProperties(PSObject input)
    {
        _columns ??= NumericPropertiesOf(input);
        if (_columns.Count == 0)
        {
            _columns = null;
            return Refuse(PointErrors.NoNumericProperty(_number, input));
        }

        if (Dimension > 0 && _columns.Count != Dimension)
        {
            return Refuse(PointErrors.LengthDiffers(_number, _columns.Count, Dimension, input));
        }

        var row = _row.Length == _columns.Count ? _row : new double[_columns.Count];
        for (int j = 0; j < row.Length; j++)
        {
            object? value = ObjectProperties.ValueOf(input, _columns[j]);
            if (Number.IsMissing(value))
            {
                return Refuse(PointErrors.Missing(_number, _columns[j], input));
            }

            if (!Number.TryRead(value, out row[j]))
            {
                return Refuse(PointErrors.NotNumeric(_number, $"property '{_columns[j]}'", value, input));
            }

            if (!double.IsFinite(row[j]))
            {
                return Refuse(PointErrors.NotFinite(_number, $"property '{_columns[j]}'", row[j], input));
            }
        }

        _row = row;
        ColumnName = _columns;
        Dimension = row.Length;
        return true;
    }

    private bool TakeWeight(PSObject input)
    {
        object? value = ObjectProperties.ValueOf(input, Weight!);
        if (Number.IsMissing(value))
        {
            return Refuse(PointErrors.Missing(_number, Weight!, input));
        }

        if (!Number.TryRead(value, out double weight))
        {
            return Refuse(PointErrors.NotNumeric(_number, $"property '{Weight}'", value, input));
        }

        if (!(weight > 0 && double.IsFinite(weight)))
        {
            return Refuse(PointErrors.WeightNotPositive(_number, Weight!, weight, input));
        }

        RowWeight = weight;
        return true;
    }

    private bool Refuse(ErrorRecord error)
    {
        report(error);
        return false;
    }

    private string[] NumericPropertiesOf(PSObject input) =>
        [.. ObjectProperties.NamesOf(input).Where(name => !name.Equals(Weight, StringComparison.OrdinalIgnoreCase) && Number.TryRead(ObjectProperties.ValueOf(input, name), out _))];
}
