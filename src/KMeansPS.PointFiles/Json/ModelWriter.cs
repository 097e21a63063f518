using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KMeansPS.PointFiles.Json;

/// <summary>Writes a model with one member, and then one cluster, a line: the layout is ours, since a writer of JSON breaks every line or none.</summary>
/// <param name="stream">Where the text goes, in UTF-8.</param>
/// <param name="cancellationToken">Looked at for each cluster.</param>
internal sealed class ModelWriter(Stream stream, CancellationToken cancellationToken)
{
    internal void Write<T>(KMeansModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("{");
        foreach (var (name, value) in Head(model))
        {
            text.WriteLine($"  \"{name}\": {value},");
        }

        text.WriteLine($"  \"{ModelMembers.Clusters}\": [");
        for (int cluster = 0; cluster < model.K; cluster++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Write($"    {Line(model, cluster)}");
            text.WriteLine(cluster < model.K - 1 ? "," : "");
        }

        text.WriteLine("  ]");
        text.WriteLine("}");
    }

    private static IEnumerable<(string Name, string Value)> Head<T>(KMeansModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            (ModelMembers.Format, Quoted(ModelFile.Format)),
            (ModelMembers.Version, Number(ModelFile.Version)),
            (ModelMembers.K, Number(model.K)),
            (ModelMembers.RequestedK, Number(model.RequestedK)),
            (ModelMembers.Dimension, Number(model.Dimension)),
            (ModelMembers.ElementType, Quoted(typeof(T) == typeof(float) ? ModelMembers.Single : ModelMembers.Double)),
            (ModelMembers.Columns, $"[{string.Join(", ", model.ColumnName.Select(Quoted))}]"),
            (ModelMembers.Method, model.Method is { } method ? Quoted(method.ToString()) : "null"),
            (ModelMembers.Seed, model.Seed is { } seed ? Number(seed) : "null"),
            (ModelMembers.Iterations, Number(model.Iterations)),
            (ModelMembers.Converged, model.Converged ? "true" : "false"),
            (ModelMembers.IsEstimate, model.IsEstimate ? "true" : "false"),
            (ModelMembers.Inertia, Number(model.Inertia)),
            (ModelMembers.Scaling, ScalingOf(model)),
        ];

    private static string ScalingOf(KMeansModel model) => model.Scaling is not { } scaling
        ? "null"
        : $"{{ \"{ModelMembers.Method}\": {Quoted(scaling.Method.ToString())}, \"{ModelMembers.Offset}\": {List<double>([.. scaling.Offset])}, \"{ModelMembers.Factor}\": {List<double>([.. scaling.Factor])} }}";

    private static string Line<T>(KMeansModel<T> model, int cluster)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string scaled = model.Scaling is null ? "" : $", \"{ModelMembers.ScaledCentroid}\": {List(model.ScaledCentroids.ToPrecision<T>()[cluster])}";
        return $"{{ \"{ModelMembers.Cluster}\": {Number(cluster)}, \"{ModelMembers.Count}\": {Number(model.Counts[cluster])}, " +
            $"\"{ModelMembers.Inertia}\": {Number(model.ClusterInertia[cluster])}, \"{ModelMembers.Centroid}\": {List(model.Centroids.ToPrecision<T>()[cluster])}{scaled} }}";
    }

    private static string List<T>(ReadOnlySpan<T> values)
        where T : IFormattable => $"[{string.Join(", ", values.ToArray().Select(Number))}]";

    // The shortest text from which the very number is read back.
    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    // Letters as they are: this is not HTML.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
