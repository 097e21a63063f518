using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using KMeansPS.PointFiles.Npy;

namespace KMeansPS.PointFiles;

/// <summary>Writes NPY files of version 1 (NumPy Enhancement Proposal 1), row after row, in the byte order of this machine.</summary>
public static class NpyWriter
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes points as an array of shape (n, d), of float32 or float64 as they are.</summary>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="points">The points. Weights and names have no place in the format.</param>
    /// <param name="cancellationToken">Looked at for each megabyte.</param>
    public static void Write(Stream stream, PointSet points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(points);
        string shape = string.Create(CultureInfo.InvariantCulture, $"{points.Count}, {points.Dimension}");
        switch (points)
        {
            case PointSet<float> single:
                Write(stream, "f4", shape, single.Values, cancellationToken);
                break;
            case PointSet<double> full:
                Write(stream, "f8", shape, full.Values, cancellationToken);
                break;
            default:
                throw new ArgumentException($"Points of {points.ElementType} cannot be written.", nameof(points));
        }
    }

    /// <summary>Writes cluster numbers as an array of shape (n,) of int32.</summary>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="labels">One number a point.</param>
    /// <param name="cancellationToken">Looked at for each megabyte.</param>
    public static void WriteLabels(Stream stream, ReadOnlySpan<int> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(stream, "i4", string.Create(CultureInfo.InvariantCulture, $"{labels.Length},"), labels, cancellationToken);
    }

    private static void Write<T>(Stream stream, string type, string shape, ReadOnlySpan<T> values, CancellationToken cancellationToken)
        where T : unmanaged, INumberBase<T>
    {
        stream.Write(Header(type, shape));
        var bytes = MemoryMarshal.AsBytes(values);
        for (int at = 0; at < bytes.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = bytes.Slice(at, Math.Min(ChunkBytes, bytes.Length - at));
            stream.Write(chunk);
            at += chunk.Length;
        }
    }

    // Filled up with spaces so that the values start at a multiple of 64 bytes, as NumPy does.
    private static byte[] Header(string type, string shape)
    {
        char order = BitConverter.IsLittleEndian ? '<' : '>';
        string text = $"{{'descr': '{order}{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        int length = ((NpyHeader.Magic.Length + 4 + text.Length + 1 + 63) / 64 * 64) - NpyHeader.Magic.Length - 4;
        return [.. NpyHeader.Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }
}
