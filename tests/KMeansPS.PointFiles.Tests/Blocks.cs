using FsCheck;
using FsCheck.Fluent;

namespace KMeansPS.PointFiles.Tests;

/// <summary>Blocks of values that point sets take, of all magnitudes down to the least.</summary>
internal static class Blocks
{
    internal static Arbitrary<(double[] Values, int Dimension)> Doubles => Of(
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(value => Math.Abs(value) < 1e150));

    internal static Arbitrary<(float[] Values, int Dimension)> Singles => Of(
        ArbMap.Default.GeneratorFor<int>().Select(bits => BitConverter.Int32BitsToSingle(bits * 0x9E3779B)).Where(value => Math.Abs(value) < 1e15f));

    private static Arbitrary<(T[] Values, int Dimension)> Of<T>(Gen<T> value) => Arb.From(
        from dimension in Gen.Choose(1, 9)
        from count in Gen.Choose(1, 40)
        from values in Gen.ArrayOf(value, dimension * count)
        select (values, dimension));
}
