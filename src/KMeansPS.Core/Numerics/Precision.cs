using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>What bounds need to know of the rounding of T.</summary>
internal static class Precision
{
    /// <summary>A value in double: what <see cref="double.CreateTruncating"/> does, but without a call for each value in code compiled ahead of time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToDouble<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(value)
        : double.CreateTruncating(value);

    /// <summary>A double rounded to T, in the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Round<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value)
        : T.CreateTruncating(value);

    /// <summary>The distance from 1 to the next number above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double UnitInLastPlace<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 1.1920928955078125E-07 : 2.220446049250313E-16;

    /// <summary>More than a sum of doubles, one for each block, is off by, for each unit of it.</summary>
    internal const double RoundingOfSums = 1e-12;

    /// <summary>The least number of full precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double LeastNormal<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? 1.1754943508222875E-38 : 2.2250738585072014E-308;

    /// <summary>
    /// By how much the centroids may move before the kernels could prefer the second nearest of them to the nearest.
    /// Their squared distances are off by a few units in the last place for each dimension, and by the least normal
    /// number where they underflow.
    /// </summary>
    /// <param name="square">The squared distance of the nearest, or a bound above it.</param>
    /// <param name="second">The squared distance of the second nearest, or a bound below it; infinite where there is none.</param>
    /// <param name="dimension">d.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Gap<T>(T square, T second, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (T.IsPositiveInfinity(second))
        {
            return double.PositiveInfinity;
        }

        double nearest = Math.Sqrt(ToDouble(square));
        double next = Math.Sqrt(ToDouble(second));
        return next - nearest - (RoundingOfGap<T>(dimension) * next) - UnderflowOfGap<T>(dimension);
    }

    /// <summary>What rounding may take from a gap, for each unit of the larger distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double RoundingOfGap<T>(int dimension)
        where T : unmanaged, IFloatingPointIeee754<T> => 8 * (dimension + 8) * UnitInLastPlace<T>();

    /// <summary>What underflow may take from a gap: the root of a few of the least normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double UnderflowOfGap<T>(int dimension)
        where T : unmanaged, IFloatingPointIeee754<T> => (dimension + 8) * (typeof(T) == typeof(float) ? 2.2e-19 : 3e-154);
}
