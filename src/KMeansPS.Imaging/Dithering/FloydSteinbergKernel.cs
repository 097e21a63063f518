using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>R. W. Floyd and L. Steinberg, 1976.</summary>
internal readonly struct FloydSteinbergKernel : IDiffusionKernel
{
    public static int Reach => 1;

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(
        Vector128<float> error, Span<Vector128<float>> own, Span<Vector128<float>> below, Span<Vector128<float>> last, int place, int ahead)
    {
        own[place + ahead] += error * (7 / 16f);
        below[place - ahead] += error * (3 / 16f);
        below[place] += error * (5 / 16f);
        below[place + ahead] += error * (1 / 16f);
    }
}
