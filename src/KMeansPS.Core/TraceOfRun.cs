namespace KMeansPS;

/// <summary>
/// Keeps the steps of a run, where that is asked for. The inertia of a step's centroids is known only after the next
/// assignment, so a step is begun and completed later.
/// </summary>
internal sealed class TraceOfRun(bool wanted)
{
    private readonly List<KMeansStep> _steps = [];

    internal IReadOnlyList<KMeansStep> Steps => _steps;

    internal void Begin(PointSet initial) => Add(0, () => initial, 0, 0);

    internal void Add(int iteration, Func<PointSet> centroids, long moved, double shift)
    {
        if (wanted)
        {
            _steps.Add(new KMeansStep(iteration, centroids().ScaledAs(null), double.NaN, moved, shift));
        }
    }

    /// <summary>Gives the last step the centroids with which the run ends, where they had to move once more.</summary>
    internal void Correct(Func<PointSet> centroids)
    {
        if (wanted)
        {
            _steps[^1] = _steps[^1] with { Centroids = centroids().ScaledAs(null) };
        }
    }

    internal void Complete(Func<double> inertia)
    {
        if (wanted)
        {
            _steps[^1] = _steps[^1] with { Inertia = inertia() };
        }
    }
}
