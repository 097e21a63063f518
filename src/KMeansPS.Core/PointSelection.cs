using System.Collections;

namespace KMeansPS;

/// <summary>Some points of a set, without a copy of them: each is read when it is asked for.</summary>
/// <param name="points">The point set.</param>
/// <param name="indices">Which of its points, not copied.</param>
public sealed class PointSelection(PointSet points, int[] indices) : IReadOnlyList<double[]>
{
    /// <summary>How many points are selected.</summary>
    public int Count => indices.Length;

    /// <summary>A copy of one point: d values.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public double[] this[int index] => points.GetPoint(indices[index]);

    /// <inheritdoc/>
    public IEnumerator<double[]> GetEnumerator() => indices.Select(points.GetPoint).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
