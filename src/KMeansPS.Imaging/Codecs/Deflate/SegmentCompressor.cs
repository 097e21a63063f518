namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Compresses one segment after the other, each with what stands before it as its window. Keeps its memory.</summary>
/// <param name="effort">How hard to try.</param>
/// <param name="cancellationToken">Looked at every few kilobytes.</param>
internal sealed class SegmentCompressor(DeflateEffort effort, CancellationToken cancellationToken)
{
    private const int SampleCount = 2;
    private const int SampleLength = 1 << 11;
    private const int SampleWindow = 1 << 14;

    // Where there are no copies there are about so many more tokens.
    private const int LiteralsForEachToken = 4;

    // Drawings, icons and screenshots have tokens of so many bytes; photographs have shorter ones.
    private const int LongSpan = 16;
    private readonly MatchFinder _finder = MatchFinder.For(effort);
    private readonly Lazy<MatchFinder?> _longFinder = new(() => effort.ForLongCopies is { } other ? MatchFinder.For(other) : null);
    private readonly MatchList _matches = new();
    private readonly OptimalParser _parser = new();
    private readonly CostModel _model = new();
    private readonly TokenCounts _counts = new();
    private readonly BitWriter _otherBits = new();
    private byte[] _buffer = [];
    private DeflateToken[] _tokens = [];
    private DeflateToken[] _best = [];
    private DeflateToken[] _trial = [];
    private BlockCodes _codes = new();
    private BlockCodes _trialCodes = new();

    /// <summary>Memory for a window and a segment, so many bytes together.</summary>
    internal Span<byte> Buffer(int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        return _buffer.AsSpan(0, length);
    }

    /// <summary>Compresses a segment.</summary>
    /// <param name="data">The window before the segment, and the segment.</param>
    /// <param name="start">Where the segment starts, at most 32768.</param>
    /// <param name="isLast">Whether the stream ends with it.</param>
    /// <param name="bits">Where its blocks go; nothing has been written there yet.</param>
    /// <returns>Whether the blocks are smaller than stored ones.</returns>
    internal bool TryCompress(ReadOnlySpan<byte> data, int start, bool isLast, BitWriter bits)
    {
        if (effort.Depth == 0 || start == data.Length)
        {
            return false;
        }

        var segment = data[start..];
        Reserve(segment.Length);
        _model.Guess(segment);
        var way = Foresee(data, start);
        int count = ChooseTokens(data, start, way);
        bool isLong = way == effort && effort.ForLongCopies != null && IsLong(segment.Length, count);
        if (!isLong || effort.TriesBoth)
        {
            Write(segment, count, way, isLast, bits);
        }

        if (isLong)
        {
            _model.Guess(segment);
            count = ChooseTokens(data, start, effort.ForLongCopies);
            Write(segment, count, effort.ForLongCopies, isLast, _otherBits);
            if (!effort.TriesBoth || _otherBits.BitCount < bits.BitCount)
            {
                bits.Clear();
                bits.Append(_otherBits);
            }

            _otherBits.Clear();
        }

        return bits.BitCount < StoredBlocks.BitCount(segment.Length);
    }

    private void Write(ReadOnlySpan<byte> segment, int count, DeflateEffort? way, bool isLast, BitWriter bits)
    {
        int position = 0;
        int token = 0;
        foreach (int length in BlockSplitter.Split(_tokens.AsSpan(0, count), way?.Granularity ?? effort.Granularity * LiteralsForEachToken))
        {
            ReadOnlySpan<DeflateToken> tokens = _tokens.AsSpan(token, length);
            token += length;
            int end = position;
            foreach (var each in tokens)
            {
                end += each.Span;
            }

            _counts.Count(tokens);
            _codes.Fit(_counts);
            if (way != null)
            {
                tokens = Refine(segment, position, end, tokens, way);
            }

            _codes.Write(tokens, isLast && token == count, bits);
            position = end;
        }
    }

    private void Reserve(int length)
    {
        if (_tokens.Length < length)
        {
            _tokens = new DeflateToken[length];
            _best = new DeflateToken[length];
            _trial = new DeflateToken[length];
        }
    }

    // A few samples tell whether to search, and for long copies at once. In noise, where the answer is null, they are not worth it.
    private DeflateEffort? Foresee(ReadOnlySpan<byte> data, int start)
    {
        int length = data.Length - start;
        if (effort.LeastGain == 0 || length < 2 * SampleCount * SampleLength)
        {
            return effort;
        }

        int literals = 0;
        int count = 0;
        for (int i = 0; i < SampleCount; i++)
        {
            int at = start + (((2 * i) + 1) * length / (2 * SampleCount));
            int window = Math.Min(at, SampleWindow);
            var sample = data.Slice(at, SampleLength);
            _finder.FindAll(data.Slice(at - window, window + SampleLength), window, effort, _matches, cancellationToken);
            count += _parser.Parse(sample, 0, sample.Length, _matches, _model, _tokens.AsSpan(count), cancellationToken);
            literals += TakeLiterals(sample, _trial.AsSpan(literals));
        }

        _counts.Count(_tokens.AsSpan(0, count));
        long withCopies = _counts.EstimateBits();
        _counts.Count(_trial.AsSpan(0, literals));
        if (withCopies * 100 >= _counts.EstimateBits() * (100 - effort.LeastGain))
        {
            return null;
        }

        return IsLong(SampleCount * SampleLength, count) && effort.ForLongCopies is { } other ? other : effort;
    }

    private static bool IsLong(int length, int tokens) => length >= (long)LongSpan * tokens;

    private int ChooseTokens(ReadOnlySpan<byte> data, int start, DeflateEffort? way)
    {
        var segment = data[start..];
        if (way == null)
        {
            return TakeLiterals(segment, _tokens);
        }

        var finder = way == effort ? _finder : _longFinder.Value!;
        finder.FindAll(data, start, way, _matches, cancellationToken);
        return _parser.Parse(segment, 0, segment.Length, _matches, _model, _tokens, cancellationToken);
    }

    private static int TakeLiterals(ReadOnlySpan<byte> bytes, Span<DeflateToken> tokens)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            tokens[i] = new DeflateToken(bytes[i]);
        }

        return bytes.Length;
    }

    // Chooses again with what the last choice taught, as long as that makes the block enough smaller.
    private ReadOnlySpan<DeflateToken> Refine(ReadOnlySpan<byte> segment, int start, int end, ReadOnlySpan<DeflateToken> tokens, DeflateEffort way)
    {
        for (int round = 0; round < way.Rounds; round++)
        {
            _model.Learn(_counts);
            int count = _parser.Parse(segment, start, end, _matches, _model, _trial, cancellationToken);
            _counts.Count(_trial.AsSpan(0, count));
            _trialCodes.Fit(_counts);
            long saved = _codes.BitCount - _trialCodes.BitCount;
            if (saved <= 0)
            {
                break;
            }

            (_codes, _trialCodes) = (_trialCodes, _codes);
            (_best, _trial) = (_trial, _best);
            tokens = _best.AsSpan(0, count);
            if (saved * 1000 < _codes.BitCount * way.LeastSaving)
            {
                break;
            }
        }

        return tokens;
    }
}
