using System.Diagnostics.CodeAnalysis;

namespace KMeansPS.Imaging.Compression;

/// <summary>
/// Works on several pictures at a time, as long as there are threads and memory for them, and gives the outcomes in the
/// order in which the pictures came. All pictures share the threads: one alone has all of them. Used from one thread.
/// </summary>
/// <typeparam name="T">What the work on a picture gives.</typeparam>
public sealed class OrderedWork<T>
{
    // What a picture takes at most while it is decoded, counted and mapped: 4 bytes of RGBA, the coefficients of a
    // progressive JPEG, the indices, and the tables of its colours.
    private const long BytesForEachPixel = 16;
    private const long BytesForEachPicture = 32 << 20;

    // One that is worked on and one that has ended before its turn.
    private const int PicturesForEachThread = 2;

    private readonly Queue<Job> _jobs = [];

    // Those whose end no call of Wait has seen.
    private readonly List<Task> _awaited = [];
    private readonly int _threads;
    private readonly long _memory;

    /// <summary>Begins with nothing to do.</summary>
    /// <param name="threads">How many threads work, and thus how many pictures at a time; 0 for one on each processor.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="memory">How many bytes the pictures that are worked on may take together; null for half of what the process may have. A picture that alone takes more is worked on alone.</param>
    public OrderedWork(int threads, CancellationToken cancellationToken, long? memory = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
        _memory = memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        Parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _threads,
            CancellationToken = cancellationToken,
            TaskScheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _threads).ConcurrentScheduler,
        };
    }

    /// <summary>The threads that all pictures share, and the token.</summary>
    public ParallelOptions Parallel { get; }

    /// <summary>How many pictures were begun and their outcomes not taken.</summary>
    public int Count => _jobs.Count;

    /// <summary>The picture whose outcome is next.</summary>
    public string? Next => _jobs.TryPeek(out var job) ? job.Source : null;

    /// <summary>
    /// Whether another picture may be begun. No more than two for each thread are begun ahead of the one whose outcome is
    /// next: whoever wants no more after that one shall not find a hundred others done.
    /// </summary>
    /// <param name="pixels">Its width x height, 0 where that is not known.</param>
    public bool HasRoomFor(long pixels)
    {
        var running = _jobs.Where(static job => !job.Task.IsCompleted).ToArray();
        return running.Length == 0 || (running.Length < _threads && _jobs.Count < PicturesForEachThread * _threads && running.Sum(static job => job.Bytes) + BytesFor(pixels) <= _memory);
    }

    /// <summary>Begins the work on a picture.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="pixels">Its width x height, 0 where that is not known.</param>
    /// <param name="work">The work. What it throws is kept for <see cref="TryTake"/>.</param>
    public void Begin(string source, long pixels, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, Parallel.TaskScheduler!);
        _jobs.Enqueue(new Job(source, BytesFor(pixels), task));
        _awaited.Add(task);
    }

    /// <summary>
    /// Waits until the work on a picture has ended whose end this has not waited for before, or all of it where the token
    /// was cancelled. Work that ended before the call counts: who saw no room, and found it a moment later, does not wait
    /// for the next.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Wait()
    {
        if (_awaited.Count > 0)
        {
            Task.WaitAny([.. _awaited]);
            _awaited.RemoveAll(static task => task.IsCompleted);
        }

        if (Parallel.CancellationToken.IsCancellationRequested)
        {
            WaitForAll();
            Parallel.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until nothing is worked on any more, whatever came of it.</summary>
    public void WaitForAll() => Task.WhenAll(_jobs.Select(static job => job.Task)).ContinueWith(static _ => { }, TaskScheduler.Default).Wait();

    /// <summary>Takes the next outcome, if the work on its picture has ended.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="outcome">Completed: its result, or what was thrown, comes from awaiting it.</param>
    public bool TryTake([NotNullWhen(true)] out string? source, [NotNullWhen(true)] out Task<T>? outcome)
    {
        bool isThere = _jobs.TryPeek(out var job) && job.Task.IsCompleted;
        (source, outcome) = isThere ? (job!.Source, job.Task) : (null, null);
        if (isThere)
        {
            _jobs.Dequeue();
        }

        return isThere;
    }

    private static long BytesFor(long pixels) => (pixels * BytesForEachPixel) + BytesForEachPicture;

    private sealed record Job(string Source, long Bytes, Task<T> Task);
}
