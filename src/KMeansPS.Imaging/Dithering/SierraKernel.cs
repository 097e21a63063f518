using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>F. Sierra, 1989, in three rows.</summary>
internal readonly struct SierraKernel : IDiffusionKernel
{
    public static int Reach => 2;

    public static int Rows => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Take(ReadOnlySpan<Vector128<float>> own, int place) => own[place];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spread(
        Vector128<float> error, Span<Vector128<float>> own, Span<Vector128<float>> below, Span<Vector128<float>> last, int place, int ahead)
    {
        var two = error * (2 / 32f);
        var three = error * (3 / 32f);
        var four = error * (4 / 32f);
        var five = error * (5 / 32f);
        own[place + ahead] += five;
        own[place + (2 * ahead)] += three;
        below[place - (2 * ahead)] += two;
        below[place - ahead] += four;
        below[place] += five;
        below[place + ahead] += four;
        below[place + (2 * ahead)] += two;
        last[place - ahead] += two;
        last[place] += three;
        last[place + ahead] += two;
    }

    public void Finish(Span<Vector128<float>> below, int place)
    {
    }
}
