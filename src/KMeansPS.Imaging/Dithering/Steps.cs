using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>Eight points or ways in the space of a palette. Sums are in ascending order of the dimensions.</summary>
internal readonly record struct Steps(Vector256<float> X, Vector256<float> Y, Vector256<float> Z, Vector256<float> W)
{
    /// <summary>One point or way, eight times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Steps Of(Vector128<float> one) => new(
        Vector256.Create(one.GetElement(0)), Vector256.Create(one.GetElement(1)), Vector256.Create(one.GetElement(2)), Vector256.Create(one.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Dot(in Steps other) => (X * other.X) + (Y * other.Y) + (Z * other.Z) + (W * other.W);

    /// <summary>What remains of each when a share of another way is taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Steps Less(in Steps way, Vector256<float> share) =>
        new(X - (way.X * share), Y - (way.Y * share), Z - (way.Z * share), W - (way.W * share));
}
