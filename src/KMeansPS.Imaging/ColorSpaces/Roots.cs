namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>
/// Roots by Newton's method (the cube root by Halley's), of nothing but additions, multiplications and divisions: the
/// same bits on every machine, which the mathematics library of a platform does not promise.
/// </summary>
internal static class Roots
{
    private const long CubeRootBias = 0x2A9F_7893_0000_0000;
    private const int FifthRootRounds = 12;

    /// <summary>The cube root of a positive normal number, to a few units in the last place. Three divisions.</summary>
    internal static double Cube(double value)
    {
        // A third of the exponent and mantissa, read as one number, is within six percent; each round cubes that error.
        double root = BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(value) / 3) + CubeRootBias);
        root = HalleyStep(root, value);
        root = HalleyStep(root, value);
        return HalleyStep(root, value);
    }

    /// <summary>The fifth root of a number from 0.0001 to 2.</summary>
    internal static double Fifth(double value)
    {
        double root = 0.5 + (0.5 * value);
        for (int i = 0; i < FifthRootRounds; i++)
        {
            double square = root * root;
            root = ((4 * root) + (value / (square * square))) / 5;
        }

        return root;
    }

    private static double HalleyStep(double root, double value)
    {
        double cube = root * root * root;
        return root * ((cube + (2 * value)) / ((2 * cube) + value));
    }
}
