namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>Reads characters, numbers and raw bytes through a buffer, and knows their place in the file.</summary>
/// <param name="stream">A seekable stream at the start of the file.</param>
/// <param name="cancellationToken">Looked at for each 64 KiB.</param>
internal sealed class PnmReader(Stream stream, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly long _length = stream.Length - stream.Position;
    private int _next;
    private int _end;

    /// <summary>The place in the file of the next byte.</summary>
    internal long Position { get; private set; }

    /// <summary>How many bytes of the file are still to come.</summary>
    internal long BytesLeft => _length - Position;

    /// <summary>The next byte, or -1 at the end of the file.</summary>
    internal int ReadByte()
    {
        if (_next == _end && !Refill())
        {
            return -1;
        }

        Position++;
        return _buffer[_next++];
    }

    /// <summary>The next character that is no part of a comment: a comment counts as the line end that it ends with.</summary>
    internal int ReadCharacter()
    {
        int character = ReadByte();
        if (character == '#')
        {
            do
            {
                character = ReadByte();
            }
            while (character is not ('\n' or '\r' or -1));
        }

        return character;
    }

    /// <summary>A decimal number after any white space; the one character that ends it is passed over.</summary>
    /// <param name="what">What the number is, for the error.</param>
    internal int ReadNumber(string what)
    {
        int character;
        do
        {
            character = ReadCharacter();
        }
        while (IsSpace(character));

        bool hasDigit = false;
        long value = 0;
        for (; character is >= '0' and <= '9'; character = ReadCharacter())
        {
            value = value * 10 + character - (int)'0';
            if (value > int.MaxValue)
            {
                throw PnmFault.Broken(Position, $"{what} is too large");
            }

            hasDigit = true;
        }

        if (!hasDigit || !(IsSpace(character) || character < 0))
        {
            throw PnmFault.Broken(Position, character < 0 ? $"the file ends before {what}" : $"{what} is not a decimal number");
        }

        return (int)value;
    }

    /// <summary>Reads raw bytes.</summary>
    internal void ReadExactly(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (_next == _end && !Refill())
            {
                throw PnmFault.Broken(Position, "the file ends within its pixels");
            }

            int count = Math.Min(target.Length, _end - _next);
            _buffer.AsSpan(_next, count).CopyTo(target);
            target = target[count..];
            _next += count;
            Position += count;
        }
    }

    /// <summary>Whether a character is white space of the format: blank, tab, or one of the line and page ends.</summary>
    internal static bool IsSpace(int character) => character is ' ' or (>= '\t' and <= '\r');

    private bool Refill()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _next = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }
}
