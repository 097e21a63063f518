namespace KMeansPS.Numerics;

/// <summary>The few operations on small whole numbers that <see cref="ByteKernel"/> is written in, for one width. All are exact.</summary>
/// <typeparam name="TVector">The vector of this width: bytes, or four of them taken for a number of 32 bits.</typeparam>
internal interface IByteSimd<TVector>
{
    /// <summary>Numbers of 32 bits in a vector.</summary>
    static abstract int Lanes { get; }

    static abstract TVector Load(ref byte source, nuint offset);

    static abstract TVector Load(ref int source, nuint offset);

    static abstract TVector Broadcast(int value);

    /// <summary>Bytes without a sign times bytes with one, two products next to each other added into 16 bits, which must hold the sum.</summary>
    static abstract TVector MultiplyPairs(TVector unsigned, TVector signed);

    /// <summary>Adds numbers of 16 bits, which must hold the sums.</summary>
    static abstract TVector AddShorts(TVector left, TVector right);

    /// <summary>Adds two numbers of 16 bits next to each other to a sum of 32 bits.</summary>
    static abstract TVector AddPairs(TVector shorts, TVector sums);

    static abstract TVector ExclusiveOr(TVector left, TVector right);

    /// <summary>Half of left - right in 32 bits, rounded down.</summary>
    static abstract TVector HalfOfDifference(TVector left, TVector right);

    /// <summary>Adds numbers of 32 bits.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>Subtracts numbers of 32 bits.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>One bit for each number of 32 bits that is not below the other, the first lowest.</summary>
    static abstract uint NotBelow(TVector left, TVector right);

    /// <summary>Adds numbers of 32 bits to those of some sums where one number is not below another.</summary>
    static abstract TVector AddWhereNotBelow(TVector left, TVector right, TVector values, TVector sums);

    static abstract void Store(TVector values, ref int destination);
}
