using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>What bounds need to know of the rounding of T.</summary>
internal static class Precision
{
    /// <summary>The distance from 1 to the next number above it.</summary>
    internal static double UnitInLastPlace<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 1.1920928955078125E-07 : 2.220446049250313E-16;

    /// <summary>The least number of full precision.</summary>
    internal static double LeastNormal<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 1.1754943508222875E-38 : 2.2250738585072014E-308;
}
