namespace KMeansPS.Evaluation;

/// <summary>
/// The knee of a falling curve, such as the inertia over K: the point of the greatest difference in Kneedle (V. Satopää,
/// J. Albrecht, D. Irwin and B. Raghavan, 2011, "Finding a 'Kneedle' in a haystack: detecting knee points in system
/// behavior"). Both axes are brought to 0 to 1, and the knee is the point that lies farthest below the straight line from
/// the first point to the last. The threshold by which Kneedle finds several knees in a stream of values is left out.
/// </summary>
public static class KneeOfCurve
{
    /// <summary>Which point is the knee.</summary>
    /// <param name="x">The places, ascending.</param>
    /// <param name="y">The value at each of them.</param>
    /// <returns>The index of the knee, of equal ones the first; null where no point lies below the line: with fewer than three, or where the curve does not fall or does not bend.</returns>
    public static int? Find(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"{x.Count} places need {x.Count} values, not {y.Count}.", nameof(y));
        }

        if (x.Count < 3 || !(y[^1] < y[0]))
        {
            return null;
        }

        int? knee = null;
        double farthest = 1e-9; // what rounding may leave between a straight line and its points
        for (int i = 1; i < x.Count - 1; i++)
        {
            double below = ((y[0] - y[i]) / (y[0] - y[^1])) - ((x[i] - x[0]) / (x[^1] - x[0]));
            if (below > farthest)
            {
                (knee, farthest) = (i, below);
            }
        }

        return knee;
    }
}
