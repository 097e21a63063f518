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
    private readonly RunSetup<T> _setup;
    private readonly Momentum<T>? _momentum;
    private T[] _centroids;
    private bool _isAssigned;

    internal LloydRun(RunSetup<T> setup, PointSet<T> initial)
    {
        _points = setup.Points;
        _options = setup.Options;
        _parallel = setup.Parallel;
        _setup = setup;
        _blocks = Blocks.For(_points.Count, initial.Count);
        _assignment = setup.NewAssignment(initial.Count);
        _sums = new ClusterSums<T>(_points, _blocks, initial.Count);
        _momentum = _options.Momentum ? new Momentum<T>() : null;
        _trace = new TraceOfRun(_options.Trace);
        _trace.Begin(initial);
        _centroids = initial.Values.ToArray();
        _clusters = GC.AllocateUninitializedArray<int>(_points.Count);
        _blocks.ForEach(_parallel, block => _clusters.AsSpan(_blocks.Start(block), _blocks.Length(block)).Fill(-1));
    }

    internal LloydOutcome<T> ToTheEnd(int run, IProgress<KMeansProgress>? progress)
    {
        int iteration = 0;
        bool converged = false;
        bool settled = false; // whether the assignment is that of these very centroids, and they are its means
        while (!converged && iteration < _options.MaxIterations)
        {
            iteration++;
            var (moved, movedPoints) = Assign();
            _trace.Complete(() => Inertia().Sum());
            bool filled = FillEmptyClusters();
            if (moved == 0 || _sums.AreWorn)
            {
                _sums.Recompute(_clusters, _parallel);
            }

            var centroids = _centroids;
            var (shift, stood) = Update();
            settled = moved == 0 && !filled && stood;
            converged = settled || (_setup.Threshold > 0 && shift <= _setup.Threshold && !filled);
            if (!settled && (converged || iteration == _options.MaxIterations))
            {
                _sums.Recompute(_clusters, _parallel);
                Update();
            }
            else if (!converged && _momentum is not null)
            {
                _centroids = _momentum.Ahead(centroids, _centroids);
            }

            _trace.Add(iteration, () => _points.WithValues(_centroids), movedPoints, shift);
            progress?.Report(new KMeansProgress(run, iteration, movedPoints, shift));
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

    // Assignment, with the changes of the sums noted block by block while a block's points are still in the cache; in few
    // dimensions it is faster to sum all points after the first round. Of several points at one place one is gone over
    // for all.
    private (long Moved, long Points) Assign()
    {
        long moved = 0;
        bool isFirst = !_isAssigned;
        bool sumsAfterwards = isFirst && BlockMoves<T>.AddsAllFast(_points);
        _isAssigned = true;
        _assignment.Begin(_centroids);
        _blocks.ForEach(_parallel, block =>
        {
            int movedHere = _assignment.Assign(
                _blocks.Start(block), _blocks.Length(block), _clusters, sumsAfterwards ? null : _sums.Begin(block), _parallel.CancellationToken);
            Interlocked.Add(ref moved, movedHere);
        });
        if (sumsAfterwards)
        {
            _sums.Recompute(_clusters, _parallel);
            return (moved, _setup.Given.Count);
        }

        long points = _sums.Merge(_parallel);
        return (moved, isFirst ? _setup.Given.Count : points);
    }

    private bool FillEmptyClusters()
    {
        bool filled = EmptyClusters.Fill<T>(_points, _centroids, _clusters, _sums, _blocks, _setup.FirstGiven, _parallel);
        if (filled)
        {
            _assignment.Forget();
            _momentum?.Forget();
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
        bool stood = true;
        double sum = 0;
        for (int at = 0; at < means.Length; at += _points.Dimension)
        {
            var (square, areEqual) = VectorSum.Difference(_centroids.AsSpan(at, _points.Dimension), means.AsSpan(at, _points.Dimension));
            sum += square;
            stood &= areEqual;
        }

        _centroids = means;
        return (sum, stood);
    }

    private double[] Inertia() => OwnDistance.Inertia(_points, _centroids, _clusters, _blocks, _parallel);
}
