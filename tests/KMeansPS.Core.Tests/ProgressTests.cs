using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class ProgressTests
{
    private static readonly PointSet<float> TwentyThousand = new Problem(1, 20_000, 2, 20, Terrain.Uniform, false).Points<float>();

    [Fact]
    public void Fit_TellsItsProgress_OnTheCallingThread_OnceAnIteration()
    {
        int caller = Environment.CurrentManagedThreadId;
        var progress = new RecordingProgress(_ => Assert.Equal(caller, Environment.CurrentManagedThreadId));
        var model = KMeans.Fit(TwentyThousand, 20, new KMeansOptions { Trace = true }, null, progress).Model;
        Assert.Equal(Enumerable.Range(1, model.Iterations), progress.Steps.Select(step => step.Iteration));
        Assert.All(progress.Steps, step => Assert.Equal(1, step.Run));
        Assert.Equal(TwentyThousand.Count, progress.Steps[0].Moved);
        Assert.Equal(model.Trace.Skip(1).Select(step => (step.Moved, step.Shift)), progress.Steps.Select(step => (step.Moved, step.Shift)));
    }

    [Fact]
    public void Fit_WithRestarts_TellsTheRun()
    {
        var progress = new RecordingProgress(_ => { });
        KMeans.Fit(TwentyThousand, 3, new KMeansOptions { Restarts = 3, MaxIterations = 2, Tolerance = 0 }, null, progress);
        Assert.Equal([(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)], progress.Steps.Select(step => (step.Run, step.Iteration)));
    }
}
