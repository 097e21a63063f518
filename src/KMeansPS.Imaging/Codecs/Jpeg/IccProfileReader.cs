using KMeansPS.Imaging.Codecs.Icc;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Puts the ICC profile together that APP2 segments carry in numbered pieces (ICC.1:2022, B.4).</summary>
internal sealed class IccProfileReader
{
    private const int HeadLength = 14;

    private readonly byte[]?[] _pieces = new byte[256][];
    private int _count;
    private bool _isSpoiled;

    private static ReadOnlySpan<byte> Signature => "ICC_PROFILE\0"u8;

    /// <summary>Takes a piece, if the segment is one.</summary>
    internal void Add(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < HeadLength || !segment.StartsWith(Signature))
        {
            return;
        }

        int number = segment[Signature.Length];
        int count = segment[Signature.Length + 1];
        bool fits = number >= 1 && number <= count && (_count == 0 || _count == count) && _pieces[number] is null;
        _isSpoiled |= !fits;
        _count = count;
        _pieces[number] = segment[HeadLength..].ToArray();
    }

    /// <summary>The whole profile if an RGB picture can carry it, else null and, where one was dropped, a warning.</summary>
    internal byte[]? Assemble(List<string> warnings)
    {
        if (_count == 0 && !_isSpoiled)
        {
            return null;
        }

        var pieces = _pieces[1..(_count + 1)];
        if (_isSpoiled || pieces.Contains(null))
        {
            warnings.Add("The ICC profile was dropped, because its pieces are incomplete.");
            return null;
        }

        byte[] profile = [.. pieces.SelectMany(piece => piece!)];
        if (profile.Length < IccHeader.Length)
        {
            warnings.Add("The ICC profile was dropped, because it is shorter than its header.");
            return null;
        }

        if (IccHeader.WhyDropped(profile) is { } reason)
        {
            warnings.Add(reason);
            return null;
        }

        return profile;
    }
}
