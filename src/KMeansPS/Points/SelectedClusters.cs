using System.Collections;

namespace KMeansPS.Points;

/// <summary>Puts the clusters of runs over point sets together again: the cluster of every point, -1 where it has not come.</summary>
internal sealed class SelectedClusters : IEnumerable<(KMeansModel Model, PointSet Points, int[] Clusters)>
{
    private readonly List<(KMeansModel Model, PointSet Points, int[] Clusters)> _runs = [];

    public IEnumerator<(KMeansModel Model, PointSet Points, int[] Clusters)> GetEnumerator() => _runs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(KMeansModel model, int cluster, PointSelection selection)
    {
        int at = _runs.FindIndex(run => run.Model == model && run.Points == selection.Points);
        if (at < 0)
        {
            at = _runs.Count;
            _runs.Add((model, selection.Points, new int[selection.Points.Count]));
            Array.Fill(_runs[at].Clusters, -1);
        }

        foreach (int point in selection.Indices)
        {
            _runs[at].Clusters[point] = cluster;
        }
    }
}
