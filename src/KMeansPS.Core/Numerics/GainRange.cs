namespace KMeansPS.Numerics;

/// <summary>Between which bounds lies what a candidate would take from the sum of known squared distances.</summary>
/// <param name="Least">The lower bound.</param>
/// <param name="Most">The upper bound; equal to the lower one where the gain is measured.</param>
internal readonly record struct GainRange(double Least, double Most)
{
    /// <summary>Nothing is known.</summary>
    internal static GainRange Any => new(0, double.PositiveInfinity);

    /// <summary>A gain that is measured.</summary>
    internal static GainRange Of(double gain) => new(gain, gain);

    /// <summary>The best guess.</summary>
    internal double Middle => (Least + Most) / 2;

    public static GainRange operator +(GainRange left, GainRange right) => new(left.Least + right.Least, left.Most + right.Most);
}
