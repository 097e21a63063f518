using System.Numerics;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>Whether values are finite and within a limit on their magnitude.</summary>
internal static class FiniteRange
{
    // One load, one absolute value and one comparison for each vector of values. A comparison with NaN is false.
    internal static bool Holds<T>(ReadOnlySpan<T> values, double limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T bound = T.CreateTruncating(limit);
        var vectorBound = new Vector<T>(bound);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vector), vectorBound))
            {
                return false;
            }
        }

        foreach (T value in values[(vectors.Length * Vector<T>.Count)..])
        {
            if (!(T.Abs(value) <= bound))
            {
                return false;
            }
        }

        return true;
    }

    internal static int IndexOfFirstOutside<T>(ReadOnlySpan<T> values, double limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T bound = T.CreateTruncating(limit);
        int at = 0;
        while (T.Abs(values[at]) <= bound)
        {
            at++;
        }

        return at;
    }
}
