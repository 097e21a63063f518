using System.Globalization;

namespace KMeansPS.PointFiles.Npy;

/// <summary>The dictionary in the head of an NPY file: three keys, written as Python writes strings, booleans and tuples of integers.</summary>
internal sealed class NpyDictionary
{
    private readonly string _text;
    private readonly int _offset;
    private int _at;

    /// <summary>Reads the dictionary.</summary>
    /// <param name="text">The text of the header.</param>
    /// <param name="offset">Where it starts in the file.</param>
    internal NpyDictionary(string text, int offset)
    {
        _text = text;
        _offset = offset;
        Expect('{');
        while (!Accept('}'))
        {
            string key = String();
            Expect(':');
            switch (key)
            {
                case "descr": Descr = Peek() is '\'' or '"' ? String() : Structured(); break;
                case "fortran_order": FortranOrder = Boolean(); break;
                case "shape": Shape = Tuple(); break;
                default: throw Fault($"the key '{key}' is not one of this format");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }
    }

    /// <summary>The type of the values, as it is written.</summary>
    internal string? Descr { get; private set; }

    /// <summary>Whether column follows column.</summary>
    internal bool? FortranOrder { get; private set; }

    /// <summary>The lengths of the axes, each at least 0.</summary>
    internal long[]? Shape { get; private set; }

    private char Peek()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Accept(char sign)
    {
        bool there = Peek() == sign;
        _at += there ? 1 : 0;
        return there;
    }

    private void Expect(char sign)
    {
        if (!Accept(sign))
        {
            throw Fault($"'{sign}' is missing");
        }
    }

    private string String()
    {
        char quote = Peek();
        int end = quote is '\'' or '"' ? _text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
        {
            throw Fault("a string is missing");
        }

        string value = _text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private bool Boolean()
    {
        foreach (string word in (ReadOnlySpan<string>)["True", "False"])
        {
            if (Peek() == word[0] && string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return word == "True";
            }
        }

        throw Fault("True or False is missing");
    }

    private long[] Tuple()
    {
        var lengths = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            lengths.Add(Integer());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. lengths];
    }

    private long Integer()
    {
        _ = Peek();
        int end = _at;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        if (!long.TryParse(_text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            throw Fault("a length is missing, or too large");
        }

        // Python 2 wrote long integers with an L.
        _at = end < _text.Length && _text[end] == 'L' ? end + 1 : end;
        return value;
    }

    // A list of fields: a record type, which cannot be points. What follows is not read.
    private string Structured() => Peek() == '['
        ? throw new PointFileException($"Unsupported NPY at byte {_offset + _at}: records of named fields are not read; save the array as one of plain numbers.", _offset + _at)
        : throw Fault("the type of the values is missing");

    private PointFileException Fault(string reason) => NpyHeader.Broken(_offset + _at, $"{reason} in the header");
}
