using System.Collections;

namespace KMeansPS;

/// <summary>Some points of a set in the user's units, without a copy of them: each is read when it is asked for.</summary>
/// <param name="points">The point set.</param>
/// <param name="indices">Which of its points, not copied.</param>
public sealed class PointSelection(PointSet points, int[] indices) : IReadOnlyList<double[]>
{
    /// <summary>The set that the points are of.</summary>
    public PointSet Points => points;

    /// <summary>Which of its points they are.</summary>
    public ReadOnlySpan<int> Indices => indices;

    /// <summary>How many points are selected.</summary>
    public int Count => indices.Length;

    /// <summary>A copy of one point: d values.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public double[] this[int index] => PointInUserUnits(indices[index]);

    /// <inheritdoc/>
    public IEnumerator<double[]> GetEnumerator() => indices.Select(PointInUserUnits).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private double[] PointInUserUnits(int index)
    {
        var point = points.GetPoint(index);
        for (int j = 0; points.Scaling is not null && j < point.Length; j++)
        {
            point[j] = points.Scaling.Unscale(j, point[j]);
        }

        return point;
    }
}
