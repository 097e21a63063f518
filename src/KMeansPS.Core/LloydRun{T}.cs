using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS;

/// <summary>
/// One run of Lloyd's rounds from given centroids: assign, update, test for convergence. Ends with centroids that are
/// the means of their points, summed afresh, and the assignment to these very centroids.
/// </summary>
internal sealed class LloydRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly KMeansOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly Blocks _blocks;
    private readonly AssignmentMethod<T> _assignment;
    private readonly ClusterSums<T> _sums;
    private readonly TraceOfRun _trace;
    private readonly int[] _clusters;
    private T[] _centroids;

    private readonly double _threshold;

    internal LloydRun(RunSetup<T> setup, PointSet<T> initial)
    {
        _points = setup.Points;
        _options = setup.Options;
        _parallel = setup.Parallel;
        _threshold = setup.Threshold;
        _blocks = Blocks.For(_points.Count, initial.Count);
        _assignment = setup.NewAssignment(initial.Count);
        _sums = new ClusterSums<T>(_points, _blocks, initial.Count);
        _trace = new TraceOfRun(_options.Trace);
        _trace.Begin(initial);
        _centroids = initial.Values.ToArray();
        _clusters = GC.AllocateUninitializedArray<int>(_points.Count);
        Array.Fill(_clusters, -1);
    }

    internal LloydOutcome<T> ToTheEnd(int run, IProgress<KMeansProgress>? progress)
    {
        int iteration = 0;
        bool converged = false;
        bool settled = false; // whether the assignment is that of these very centroids, and they are its means
        while (!converged && iteration < _options.MaxIterations)
        {
            iteration++;
            long moved = Assign();
            _trace.Complete(() => Inertia().Sum());
            bool filled = FillEmptyClusters();
            if (moved == 0 || _sums.AreWorn)
            {
                _sums.Recompute(_clusters, _parallel);
            }

            var (shift, stood) = Update();
            settled = moved == 0 && !filled && stood;
            converged = settled || (_threshold > 0 && shift <= _threshold && !filled);
            if (!settled && (converged || iteration == _options.MaxIterations))
            {
                _sums.Recompute(_clusters, _parallel);
                Update();
            }

            _trace.Add(iteration, () => _points.WithValues(_centroids), moved, shift);
            progress?.Report(new KMeansProgress(run, iteration, moved, shift));
        }

        if (!settled)
        {
            Assign();
            FillWhatTheLastAssignmentEmptied();
        }

        var inertia = Inertia();
        _trace.Complete(inertia.Sum);
        return new LloydOutcome<T>(_centroids, _clusters, inertia, iteration, converged, _trace.Steps);
    }

    // Assignment, with the changes of the sums noted block by block while a block's points are still in the cache.
    private long Assign()
    {
        long moved = 0;
        _assignment.Begin(_centroids);
        _blocks.ForEach(_parallel, block =>
        {
            int movedHere = _assignment.Assign(
                _blocks.Start(block), _blocks.Length(block), _clusters, _sums.Begin(block), _parallel.CancellationToken);
            Interlocked.Add(ref moved, movedHere);
        });
        _sums.Merge();
        return moved;
    }

    private bool FillEmptyClusters()
    {
        bool filled = EmptyClusters.Fill<T>(_points, _centroids, _clusters, _sums, _blocks, _parallel);
        if (filled)
        {
            _assignment.Forget();
        }

        return filled;
    }

    // A run that stops before its fixed point can stop with an empty cluster. Each round lowers the inertia, and few
    // are needed; the bound is for places so close together that their distance vanishes.
    private void FillWhatTheLastAssignmentEmptied()
    {
        for (int round = 0; round < _centroids.Length; round++)
        {
            if (!FillEmptyClusters())
            {
                return;
            }

            _sums.Recompute(_clusters, _parallel);
            Update();
            _trace.Correct(() => _points.WithValues(_centroids));
            Assign();
        }
    }

    // Moves the centroids to the means. The sum of the squared moves may vanish where a centroid has moved.
    private (double Shift, bool Stood) Update()
    {
        var means = _sums.Means(_centroids);
        bool stood = means.AsSpan().SequenceEqual(_centroids);
        double sum = 0;
        for (int i = 0; i < means.Length; i++)
        {
            double move = double.CreateTruncating(means[i]) - double.CreateTruncating(_centroids[i]);
            sum += move * move;
        }

        _centroids = means;
        return (sum, stood);
    }

    private double[] Inertia() => OwnDistance.Inertia(_points, _centroids, _clusters, _blocks, _parallel);
}
