using System.Globalization;

namespace KMeansPS.Tests.Support;

/// <summary>The small public data sets beside the tests.</summary>
internal static class KnownData
{
    internal static PointSet<double> Load(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", name + ".csv"));
        string[] columns = lines[0].Split(',');
        double[] values = [.. lines.Skip(1).SelectMany(line => line.Split(',')).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new PointSet<double>(values, columns.Length) { ColumnName = columns };
    }
}
