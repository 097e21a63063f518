using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>R. W. Floyd and L. Steinberg, 1976. Sums are written once, when the last of three pixels has added to them.</summary>
internal struct FloydSteinbergKernel : IDiffusionKernel
{
    private Vector128<float> _ahead;
    private Vector128<float> _below;
    private Vector128<float> _belowAhead;

    public static int Reach => 1;

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector128<float> Take(ReadOnlySpan<Vector128<float>> own, int place) => own[place] + _ahead;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spread(
        Vector128<float> error, Span<Vector128<float>> own, Span<Vector128<float>> below, Span<Vector128<float>> last, int place, int ahead)
    {
        below[place - ahead] = _below + (error * (3 / 16f));
        _below = _belowAhead + (error * (5 / 16f));
        _belowAhead = error * (1 / 16f);
        _ahead = error * (7 / 16f);
    }

    public readonly void Finish(Span<Vector128<float>> below, int place) => below[place] = _below;
}
