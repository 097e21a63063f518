namespace KMeansPS;

/// <summary>How the columns of points are brought to one scale, so that none outweighs the others by its unit alone.</summary>
public enum ScalingMethod
{
    /// <summary>The values are taken as they are.</summary>
    None,

    /// <summary>Every column from its least to its greatest value becomes 0 to 1.</summary>
    MinMax,

    /// <summary>Every column gets the mean 0 and the standard deviation 1, weights counted (the deviation of all points, divided by n and not by n - 1).</summary>
    ZScore,
}
