using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// Carries centroids beyond the means of their points, the way that the means went last: Lloyd's rounds are steps down a
/// gradient (L. Bottou and Y. Bengio, 1995, "Convergence properties of the k-means algorithms"), of which it takes far
/// fewer with momentum where they creep (Y. Nesterov, 1983, "A method of solving a convex programming problem with
/// convergence rate O(1/k^2)"). Momentum that leads astray is lost at once, and gathers anew (B. O'Donoghue and E. Candès,
/// 2015, "Adaptive restart for accelerated gradient schemes").
/// </summary>
internal sealed class Momentum<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Most = 0.9;
    private T[] _means = [];
    private int _age;

    /// <summary>Where the centroids go next.</summary>
    /// <param name="centroids">Where they are, K x d values.</param>
    /// <param name="means">The means of their points.</param>
    internal T[] Ahead(T[] centroids, T[] means)
    {
        var before = _means;
        _means = means;
        if (before.Length == 0)
        {
            return means;
        }

        double along = 0;
        for (int i = 0; i < means.Length; i++)
        {
            along += (Precision.ToDouble(means[i]) - Precision.ToDouble(centroids[i])) * (Precision.ToDouble(means[i]) - Precision.ToDouble(before[i]));
        }

        _age = along < 0 ? 0 : _age + 1;
        var share = T.CreateTruncating(Math.Min(_age / (_age + 3.0), Most));
        var ahead = new T[means.Length];
        for (int i = 0; i < means.Length; i++)
        {
            ahead[i] = means[i] + (share * (means[i] - before[i]));
        }

        return ahead;
    }

    /// <summary>Forgets the way that the means went, after a jump that was none of theirs.</summary>
    internal void Forget()
    {
        _means = [];
        _age = 0;
    }
}
