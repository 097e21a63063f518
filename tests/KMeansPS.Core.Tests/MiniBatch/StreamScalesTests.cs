using System.Numerics;
using KMeansPS.MiniBatch;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.MiniBatch;

public abstract class StreamScalesTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void ToScaling_OfAnyBatches_IsThatOfAllPoints() => Problem.ForAll(
        Problem.Any(300, 4, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset),
        problem =>
        {
            var points = problem.Points<T>();
            return new[] { 1, 7, points.Count }.All(size => new[] { ScalingMethod.MinMax, ScalingMethod.ZScore }.All(method =>
            {
                var found = Of(points, size).ToScaling(method);
                var expected = ColumnScaling.Fit(points, method);
                return Enumerable.Range(0, points.Dimension).All(j =>
                    Math.Abs(found.Offset[j] - expected.Offset[j]) <= 1e-9 * expected.Factor[j]
                    && Math.Abs(found.Factor[j] - expected.Factor[j]) <= 1e-9 * expected.Factor[j]);
            }));
        });

    [Fact]
    public void ToScaling_OfAConstantColumn_HasTheFactorOne()
    {
        var scales = Of(Points.Of<T>(1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), size: 2);
        Assert.Equal(1, scales.ToScaling(ScalingMethod.ZScore).Factor[0]);
        Assert.Equal(1, scales.ToScaling(ScalingMethod.MinMax).Factor[0]);
    }

    private static StreamScales<T> Of(PointSet<T> points, int size)
    {
        var scales = new StreamScales<T>(points.Dimension);
        foreach (var batch in new PointSetSource<T>(points).Read(size, null, CancellationToken.None))
        {
            scales.Add(batch);
        }

        return scales;
    }
}

public sealed class StreamScalesOfSingleTests : StreamScalesTests<float>;

public sealed class StreamScalesOfDoubleTests : StreamScalesTests<double>;
