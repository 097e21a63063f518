using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Refinement;

namespace KMeansPS;

/// <summary>One run with the effort that is asked for.</summary>
/// <param name="setup">The points and how the run is done.</param>
/// <param name="random">The random choices.</param>
internal sealed class KMeansRun<T>(RunSetup<T> setup, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // How much sooner a run of little effort has converged.
    private const double FastTolerance = 10;

    /// <summary>Does the run.</summary>
    /// <param name="k">How many centroids are asked for.</param>
    /// <param name="start">Gives the initial centroids for some points: all of them, or a sample.</param>
    /// <param name="run">The number of the run.</param>
    /// <param name="progress">Told after each iteration.</param>
    internal LloydOutcome<T> From(int k, Func<RunSetup<T>, PointSet<T>> start, int run, IProgress<KMeansProgress>? progress)
    {
        if (setup.Options.Effort == KMeansEffort.Fast)
        {
            var fast = setup.With(setup.Options with { Tolerance = setup.Options.Tolerance * FastTolerance });
            return new LloydRun<T>(fast, FromSample(k, start, run, progress) ?? start(setup)).ToTheEnd(run, progress);
        }

        bool isGrouped = setup.Options is { Effort: KMeansEffort.Best, ForFinerPoints: true } && GroupSearch<T>.Suits(setup.Points, k);
        if (isGrouped && new GroupSearch<T>(setup, random).Find(k, start) is { } found)
        {
            return new LloydRun<T>(setup, found).ToTheEnd(run, progress);
        }

        var outcome = new LloydRun<T>(setup, start(setup)).ToTheEnd(run, progress);
        return setup.Options.Effort == KMeansEffort.Best ? new OptimumSearch<T>(setup, random).Improve(outcome, run, progress) : outcome;
    }

    // The optimum of a sample; null where the points are too few for one, or it has too few distinct ones.
    private PointSet<T>? FromSample(int k, Func<RunSetup<T>, PointSet<T>> start, int run, IProgress<KMeansProgress>? progress)
    {
        var sample = PointSample.Of(setup.Points, k, worth: 1, random);
        if (ReferenceEquals(sample, setup.Points))
        {
            return null;
        }

        var sampled = new RunSetup<T>(sample, setup.Options with { Trace = false }, setup.Parallel, setup.Kernel);
        var initial = start(sampled);
        return initial.Count < k ? null : sample.WithValues(new LloydRun<T>(sampled, initial).ToTheEnd(run, progress).Centroids);
    }
}
