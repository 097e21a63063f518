using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>
/// The few vector operations that the kernels are written in, for one width. Every operation works on each lane alone
/// and is exact or correctly rounded, so that a kernel gives the same bits at every width.
/// </summary>
/// <typeparam name="TVector">The vector of this width.</typeparam>
/// <typeparam name="T">The element: float or double.</typeparam>
internal interface ISimd<TVector, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    static abstract int Lanes { get; }

    static abstract TVector Load(ref T source, nuint offset);

    static abstract void Store(TVector vector, ref T destination, nuint offset);

    static abstract TVector Broadcast(T value);

    /// <summary>A cluster number in every lane, as the bits of an integer as wide as T.</summary>
    static abstract TVector BroadcastIndex(int index);

    static abstract void StoreIndices(TVector indices, ref int destination, nuint offset);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Min(TVector left, TVector right);

    static abstract TVector Max(TVector left, TVector right);

    /// <summary>One bit for each lane of a mask, lane 0 lowest.</summary>
    static abstract uint Bits(TVector mask);

    /// <summary>The least of the lanes.</summary>
    static abstract T LeastLane(TVector vector);

    /// <summary>a x b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The square root of every lane, correctly rounded.</summary>
    static abstract TVector SquareRoot(TVector vector);

    /// <summary>All bits set in the lanes where left is below right.</summary>
    static abstract TVector LessThan(TVector left, TVector right);

    static abstract TVector Select(TVector mask, TVector whereSet, TVector elsewhere);

    /// <summary>Adds every lane, times its weight where there are weights, to its own sum in double.</summary>
    static abstract void AddWidened(TVector vector, ref double weights, bool weighted, ref double sums, nuint offset);
}
