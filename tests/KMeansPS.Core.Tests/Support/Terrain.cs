namespace KMeansPS.Tests.Support;

/// <summary>How the points of a generated problem lie.</summary>
public enum Terrain
{
    /// <summary>Anywhere in the unit cube.</summary>
    Uniform,

    /// <summary>Around places that are far apart.</summary>
    Blobs,

    /// <summary>On small whole numbers: distances tie often, and every sum is exact.</summary>
    Lattice,

    /// <summary>At no more than four places, of coordinates that binary fractions cannot hold.</summary>
    Duplicates,

    /// <summary>Close together, far from the origin.</summary>
    Offset,

    /// <summary>So close to the origin that squares of differences are denormal or vanish.</summary>
    Tiny,

    /// <summary>As far out as a point set allows.</summary>
    Huge,
}
