using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace KMeansPS.PointFiles;

/// <summary>
/// Values of a file as memory: the operating system reads them when they are touched and drops them when memory is
/// short. Whoever works on a span of it holds on to the memory, or to the point set that has it: a span alone does not
/// keep the mapping.
/// </summary>
internal sealed unsafe class MappedMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private T* _values;

    /// <param name="stream">The file, which may be closed afterwards.</param>
    /// <param name="offset">Where the values start, in bytes.</param>
    /// <param name="length">How many values there are.</param>
    internal MappedMemory(FileStream stream, long offset, int length)
    {
        using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = file.CreateViewAccessor(0, offset + ((long)length * sizeof(T)), MemoryMappedFileAccess.Read);
        _length = length;
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _values = (T*)(start + _view.PointerOffset + offset);

        // Given back at once, or the handle's finalizer could not end the mapping: it stands as long as the view.
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_values is null, this);
        return new Span<T>(_values, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        ObjectDisposedException.ThrowIf(_values is null, this);
        return new MemoryHandle(_values + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _values = null;
        _view.Dispose();
    }
}
