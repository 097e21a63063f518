namespace KMeansPS.Numerics;

/// <summary>Some of <see cref="QuantizedPoints{T}"/>, to measure the others against.</summary>
/// <param name="Values">m rows as <see cref="ByteKernel"/> makes them.</param>
/// <param name="Errors">For each row how far its bytes lie from the point, in steps.</param>
internal sealed record QuantizedRows(int[] Values, double[] Errors)
{
    internal int Count => Errors.Length;
}
