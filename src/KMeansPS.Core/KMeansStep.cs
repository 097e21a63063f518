namespace KMeansPS;

/// <summary>One step of a run, kept for those who want to watch the centroids move.</summary>
/// <param name="Iteration">0 for the initial centroids, then 1, 2, ...</param>
/// <param name="Centroids">The K x d centroids after this step, in the user's units.</param>
/// <param name="Inertia">The sum of the weighted squared distances of the points to the nearest of these centroids, in scaled units.</param>
/// <param name="Moved">How many points changed their cluster in this step.</param>
/// <param name="Shift">The sum of the squared moves of the centroids in this step, in scaled units.</param>
public sealed record KMeansStep(int Iteration, PointSet Centroids, double Inertia, long Moved, double Shift);
