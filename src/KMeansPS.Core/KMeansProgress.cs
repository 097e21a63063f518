namespace KMeansPS;

/// <summary>Where a run is: reported after each iteration, from the thread that called.</summary>
/// <param name="Run">The run, 1 to the number of restarts.</param>
/// <param name="Iteration">The iteration that has just ended, from 1.</param>
/// <param name="Moved">How many points changed their cluster in it.</param>
/// <param name="Shift">The sum of the squared moves of the centroids.</param>
public readonly record struct KMeansProgress(int Run, int Iteration, long Moved, double Shift);
