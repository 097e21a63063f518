namespace KMeansPS.Imaging.Tests.Codecs.Png;

/// <summary>Gives few bytes with each call, and at one of the calls does something.</summary>
internal sealed class TricklingStream(byte[] data, int most = 1, int callOfAction = -1, Action? action = null) : MemoryStream(data)
{
    private int _calls;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_calls++ == callOfAction)
        {
            action?.Invoke();
        }

        var some = new byte[Math.Min(buffer.Length, most)];
        int read = base.Read(some, 0, some.Length);
        some.AsSpan(0, read).CopyTo(buffer);
        return read;
    }
}
