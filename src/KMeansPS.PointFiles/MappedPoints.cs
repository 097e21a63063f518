namespace KMeansPS.PointFiles;

/// <summary>
/// The points of a file that is mapped into memory. The mapping ends when this is disposed of, or else when neither it
/// nor the points are referred to any more.
/// </summary>
public sealed class MappedPoints : IDisposable
{
    private readonly IDisposable _mapping;

    internal MappedPoints(PointSet points, IDisposable mapping)
    {
        Points = points;
        _mapping = mapping;
    }

    /// <summary>A <see cref="PointSet{T}"/> that borrows the mapping. Once the mapping has ended, to use its values is an <see cref="ObjectDisposedException"/>.</summary>
    public PointSet Points { get; }

    /// <summary>Ends the mapping. Nobody may be at work on the points.</summary>
    public void Dispose() => _mapping.Dispose();
}
