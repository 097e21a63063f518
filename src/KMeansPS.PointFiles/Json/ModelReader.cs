using System.Numerics;
using System.Text.Json;

namespace KMeansPS.PointFiles.Json;

/// <summary>Reads a model, and believes nothing that the file says twice before it has compared both.</summary>
internal static class ModelReader
{
    // What a person may have rounded, or another program summed in another order.
    private const double Tolerance = 1e-6;

    internal static KMeansModel Read(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var document = Parse(stream, cancellationToken);
            return Read(JsonMembers.OfFile(document.RootElement), cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // The parser takes bytes for text only when the text is asked for.
            throw new ModelFileException(ModelFileFault.Broken, "The model is broken: it has text that is not UTF-8.");
        }
        catch (JsonException e)
        {
            throw new ModelFileException(
                e.LineNumber is 0 && e.BytePositionInLine is 0 ? ModelFileFault.Foreign : ModelFileFault.Broken,
                $"Not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: the file is cut off, damaged or no model of KMeansPS.");
        }
    }

    // The whole text is in memory once; a token cannot stop the parser itself, but the reading.
    private static JsonDocument Parse(Stream stream, CancellationToken cancellationToken)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };
        return JsonDocument.ParseAsync(stream, options, cancellationToken).GetAwaiter().GetResult();
    }

    private static KMeansModel Read(JsonMembers file, CancellationToken cancellationToken)
    {
        int version = file.Integer(ModelMembers.Version, 1, int.MaxValue);
        if (version > ModelFile.Version)
        {
            throw new ModelFileException(ModelFileFault.Newer,
                $"The model is of version {version}, and this KMeansPS reads versions up to {ModelFile.Version}: use a newer KMeansPS.");
        }

        return file.Text(ModelMembers.ElementType) switch
        {
            ModelMembers.Single => Read(file, static value => value.TryGetSingle(out float number) ? number : float.NaN, cancellationToken),
            ModelMembers.Double => Read(file, static value => value.TryGetDouble(out double number) ? number : double.NaN, cancellationToken),
            var other => throw file.Broken(ModelMembers.ElementType, $"is '{other}', not '{ModelMembers.Single}' or '{ModelMembers.Double}'"),
        };
    }

    private static KMeansModel<T> Read<T>(JsonMembers file, Func<JsonElement, T> number, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = file.Integer(ModelMembers.K, 1, int.MaxValue);
        int dimension = file.Integer(ModelMembers.Dimension, 1, int.MaxValue);
        var columns = file.Texts(ModelMembers.Columns);
        if (columns.Length > 0 && columns.Length != dimension)
        {
            throw file.Broken(ModelMembers.Columns, $"has {columns.Length} names for {dimension} dimensions");
        }

        var scaling = file.IsNull(ModelMembers.Scaling) ? null : ReadScaling(file.Object(ModelMembers.Scaling), dimension);
        var clusters = file.Objects(ModelMembers.Clusters, k);
        var figures = new KMeansFigures(
            new long[k], new double[k],
            file.Integer(ModelMembers.RequestedK, k, int.MaxValue),
            file.Integer(ModelMembers.Iterations, 0, int.MaxValue),
            file.Flag(ModelMembers.Converged),
            file.IsNull(ModelMembers.Seed) ? null : file.Long(ModelMembers.Seed, long.MinValue),
            file.IsNull(ModelMembers.Method) ? null : file.Word<SeedingMethod>(ModelMembers.Method),
            [])
        { IsEstimate = file.Flag(ModelMembers.IsEstimate) };
        var values = new List<T>();
        for (int i = 0; i < k; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cluster = clusters[i];
            if (cluster.Integer(ModelMembers.Cluster, 0, int.MaxValue) != i)
            {
                throw cluster.Broken(ModelMembers.Cluster, $"is not {i}: clusters stand in their order");
            }

            figures.Counts[i] = cluster.Long(ModelMembers.Count, 0);
            figures.ClusterInertia[i] = cluster.Number(ModelMembers.Inertia, 0);
            var centroid = cluster.Numbers(ModelMembers.Centroid, dimension, number);
            var measured = scaling is null ? centroid : cluster.Numbers(ModelMembers.ScaledCentroid, dimension, number);
            values.AddRange(measured);
            ThrowIfTheyDiffer(cluster, centroid, measured, scaling);
        }

        double inertia = file.Number(ModelMembers.Inertia, 0);
        double sum = figures.ClusterInertia.Sum();
        if (!(Math.Abs(inertia - sum) <= Tolerance * sum))
        {
            throw file.Broken(ModelMembers.Inertia, "is not the sum of the inertia of the clusters");
        }

        try
        {
            return new KMeansModel<T>(new PointSet<T>(values.ToArray(), dimension) { ColumnName = columns, Scaling = scaling }, figures);
        }
        catch (ArgumentException e)
        {
            throw file.Broken(ModelMembers.Clusters, $"has a centroid that cannot be one ({e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal)})");
        }
    }

    private static ColumnScaling ReadScaling(JsonMembers scaling, int dimension)
    {
        var method = scaling.Word<ScalingMethod>(ModelMembers.Method);
        var offset = scaling.Numbers(ModelMembers.Offset, dimension, Double);
        var factor = scaling.Numbers(ModelMembers.Factor, dimension, Double);
        return method == ScalingMethod.None ? throw scaling.Broken(ModelMembers.Method, "is 'None'; a model without a scaling has null in its place")
            : Array.Exists(factor, static value => value <= 0) ? throw scaling.Broken(ModelMembers.Factor, "has a number that is not above 0")
            : new ColumnScaling(method, offset, factor);

        static double Double(JsonElement value) => value.TryGetDouble(out double number) ? number : double.NaN;
    }

    private static void ThrowIfTheyDiffer<T>(JsonMembers cluster, T[] centroid, T[] measured, ColumnScaling? scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; scaling is not null && j < centroid.Length; j++)
        {
            double there = double.CreateTruncating(centroid[j]);
            double expected = scaling.Unscale(j, double.CreateTruncating(measured[j]));
            if (!(Math.Abs(there - expected) <= Tolerance * (Math.Abs(scaling.Offset[j]) + Math.Abs(expected) + scaling.Factor[j])))
            {
                throw cluster.Broken(ModelMembers.Centroid, $"and {ModelMembers.ScaledCentroid} are not the same place under the scaling of the model");
            }
        }
    }
}
