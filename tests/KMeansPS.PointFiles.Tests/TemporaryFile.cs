using System.Text;

namespace KMeansPS.PointFiles.Tests;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

    internal TemporaryFile(string content)
        : this(Encoding.UTF8.GetBytes(content))
    {
    }

    internal TemporaryFile()
    {
    }

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

    public void Dispose() => File.Delete(Path);

    /// <summary>An NPY file of little-endian values, row after row, of any length, written piece by piece.</summary>
    internal static TemporaryFile Npy(string type, long count, int dimension, Action<Stream> writeValues)
    {
        var file = new TemporaryFile();
        using var stream = File.Create(file.Path);
        string head = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({count}, {dimension}), }}".PadRight(117) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(head)]);
        writeValues(stream);
        return file;
    }
}
