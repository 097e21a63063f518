using System.Numerics;

namespace KMeansPS.Tests.Support;

/// <summary>Short ways to write down small point sets.</summary>
internal static class Points
{
    internal static PointSet<T> Of<T>(int dimension, params double[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => new(values.Select(T.CreateTruncating).ToArray(), dimension);

    internal static PointSet<T> Weighted<T>(int dimension, double[] weights, params double[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => new(values.Select(T.CreateTruncating).ToArray(), dimension, weights);

    internal static double[] ValuesOf(PointSet points) => [.. Enumerable.Range(0, points.Count).SelectMany(points.GetPoint)];

    internal static int CountDistinct<T>(PointSet<T> points)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Enumerable.Range(0, points.Count).Select(i => string.Join(' ', points[i].ToArray().Select(value => value + T.Zero))).Distinct().Count();
}
