using System.Management.Automation;
using KMeansPS.Commands;

namespace KMeansPS.Points;

/// <summary>Puts the cluster objects of runs together again: for each run its points and the cluster of every point.</summary>
/// <param name="property">The properties that a person named; null for those that a run was made from.</param>
/// <param name="weight">The property that is the weight of a point; null where every weight is 1.</param>
/// <param name="report">Told of every row that is left out.</param>
internal sealed class ClusterCollector(IReadOnlyList<string>? property, string? weight, Action<ErrorRecord> report)
{
    private readonly List<Run> _runs = [];

    internal void Add(KMeansCluster cluster)
    {
        var selection = cluster.Group as PointSelection;
        var run = _runs.Find(run => run.Model == cluster.Model && run.Points == selection?.Points);
        if (run is null)
        {
            var names = property ?? cluster.Model.Centroids.NamesOrNull();
            run = new Run(cluster.Model, selection?.Points, new PointCollector(new RowReader(names, property is not null, report) { Weight = weight }, keepInputs: false));
            _runs.Add(run);
        }

        run.Add(cluster, selection);
    }

    /// <summary>The runs of which all clusters have come; of the others an error is written.</summary>
    internal IEnumerable<(PointSet Points, KMeansResult Result)> Gather(Action<ErrorRecord> write)
    {
        foreach (var run in _runs)
        {
            if (run.Points is not null && property is not null)
            {
                write(ErrorRecords.PropertyOfPointSet(run.Points));
            }
            else if (run.Points is not null && weight is not null)
            {
                write(ErrorRecords.WeightOfPointSet(run.Points));
            }
            else if (run.Missing > 0)
            {
                write(ErrorRecords.ClusterMissing(run.Model, run.Missing));
            }
            else if (run.Gather(write) is { } points)
            {
                yield return (points, new KMeansResult(run.Model, run.Clusters));
            }
        }
    }

    private sealed class Run(KMeansModel model, PointSet? points, PointCollector objects)
    {
        private readonly int[] _selected = new int[points?.Count ?? 0];
        private readonly List<int> _ofObjects = [];
        private long _count;

        internal KMeansModel Model => model;

        internal PointSet? Points => points;

        internal long Missing => model.Counts.Sum() - _count;

        internal int[] Clusters => points is null ? [.. _ofObjects] : _selected;

        internal PointSet? Gather(Action<ErrorRecord> write) => points ?? objects.Gather(write);

        internal void Add(KMeansCluster cluster, PointSelection? selection)
        {
            if (selection is not null)
            {
                _count += selection.Count;
                foreach (int point in selection.Indices)
                {
                    _selected[point] = cluster.Cluster;
                }

                return;
            }

            foreach (object member in cluster.Group)
            {
                objects.Add(PSObject.AsPSObject(member));
                if (objects.Count > _ofObjects.Count)
                {
                    _ofObjects.Add(cluster.Cluster);
                    _count++;
                }
            }
        }
    }
}
