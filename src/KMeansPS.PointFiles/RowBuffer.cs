using System.Numerics;

namespace KMeansPS.PointFiles;

/// <summary>A block of rows that grows while a file of unknown length is read.</summary>
/// <param name="dimension">How many values a row has.</param>
internal sealed class RowBuffer<T>(int dimension)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _values = [];
    private int _length;

    /// <summary>How many rows are kept.</summary>
    internal int Count => _length / dimension;

    /// <summary>The kept rows.</summary>
    internal Memory<T> Values => _values.AsMemory(0, _length);

    /// <summary>Room for the row after the kept ones.</summary>
    /// <param name="expectedRows">How many rows there will be in all, as far as one can tell; only a hint.</param>
    internal Span<T> Next(double expectedRows)
    {
        if (_values.Length - _length < dimension)
        {
            Grow(expectedRows);
        }

        return _values.AsSpan(_length, dimension);
    }

    /// <summary>Keeps the row whose room was given last.</summary>
    internal void Keep() => _length += dimension;

    /// <summary>Forgets the kept rows; their room is used again.</summary>
    internal void Clear() => _length = 0;

    private void Grow(double expectedRows)
    {
        long least = (long)_length + dimension;
        int most = Array.MaxLength / dimension * dimension;
        if (least > most)
        {
            throw new PointFileException($"There are more than {most} numbers: too many for one set of points.");
        }

        // A little more than expected: rows differ in length. Never more than four times what is there, for the hint may be wrong.
        double wanted = Math.Clamp(expectedRows * 1.02 * dimension, Math.Max(least, Math.Max(_length * 1.25, 4096)), Math.Max(least, Math.Max(_length * 4.0, 65536)));
        Array.Resize(ref _values, (int)Math.Min(wanted, most));
    }
}
