using System.Management.Automation;
using KMeansPS.Commands;

namespace KMeansPS.Points;

/// <summary>Gathers the points of objects that come one by one, and the objects that they came from.</summary>
/// <param name="reader">Reads a point out of an object.</param>
/// <param name="keepInputs">Whether the objects are kept too.</param>
internal sealed class PointCollector(RowReader reader, bool keepInputs)
{
    private readonly List<double> _values = [];
    private readonly List<double> _weights = [];
    private readonly List<PSObject> _inputs = [];

    /// <summary>How many points there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The objects of the points, in the same order; empty where they are not kept.</summary>
    internal IReadOnlyList<PSObject> Inputs => _inputs;

    internal void Add(PSObject input)
    {
        if (!reader.TryRead(input, out var row))
        {
            return;
        }

        Count++;
        _values.AddRange(row);
        if (reader.Weight is not null)
        {
            _weights.Add(reader.RowWeight);
        }

        if (keepInputs)
        {
            _inputs.Add(input);
        }
    }

    /// <summary>The points so far, of which there must be one.</summary>
    /// <exception cref="ArgumentException">A value is too large for squared distances.</exception>
    internal PointSet<double> ToPointSet() =>
        new PointSet<double>(_values.ToArray(), reader.Dimension, reader.Weight is null ? null : _weights.ToArray()) { ColumnName = reader.ColumnName };

    /// <summary>The points; null where there are none that can be clustered, which is told as an error.</summary>
    internal PointSet<double>? Gather(Action<ErrorRecord> report)
    {
        if (Count == 0)
        {
            report(ErrorRecords.NoPoint());
            return null;
        }

        try
        {
            return ToPointSet();
        }
        catch (ArgumentException e)
        {
            report(ErrorRecords.ValueTooLarge(e));
            return null;
        }
    }
}
