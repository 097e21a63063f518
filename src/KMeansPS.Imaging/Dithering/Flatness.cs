using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// Where dithering is needed: an area that falls to one entry shows as a band; where neighbours have other entries
/// anyway, the texture of the picture hides what a colour is off, and dither would only be noise on it. The measure is
/// the share of the eight neighbours whose nearest entry is the same, squared. A few operations a pixel.
/// </summary>
internal sealed class Flatness
{
    private const int Neighbours = 8;

    // By the number of neighbours with the same entry.
    private static readonly float[] Shares = [.. Enumerable.Range(0, Neighbours + 1).Select(same => same * same / (float)(Neighbours * Neighbours))];

    private readonly PixelImage _image;
    private readonly PaletteMatch _match;

    // The colours of the row and of the one below, and the entries of the row above, of the row and of the one below,
    // each with the pixel at either end once more.
    private readonly byte[][] _entries = new byte[3][];
    private readonly byte[] _same;
    private int[] _numbers;
    private int[] _numbersBelow;
    private int _next;

    /// <param name="image">The picture.</param>
    /// <param name="match">Its colours and the entries.</param>
    /// <param name="first">The row to begin with.</param>
    internal Flatness(PixelImage image, PaletteMatch match, int first = 0)
    {
        _image = image;
        _match = match;
        _numbers = new int[image.Width];
        _numbersBelow = new int[image.Width];
        _same = new byte[image.Width];
        for (int row = 0; row < _entries.Length; row++)
        {
            _entries[row] = new byte[image.Width + 2];
        }

        Enter(Math.Max(0, first - 1)); // the first row of all has itself above
        _entries[2].CopyTo(_entries[1], 0);
        Enter(first);
        _next = first;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <param name="flatness">Where the width measures go, 0 to 1.</param>
    /// <returns>The numbers of the row's colours.</returns>
    internal ReadOnlySpan<int> MoveDown(Span<float> flatness)
    {
        (_numbers, _numbersBelow) = (_numbersBelow, _numbers);
        var above = _entries[0];
        (_entries[0], _entries[1], _entries[2]) = (_entries[1], _entries[2], above);
        _next++;
        if (_next < _image.Height)
        {
            Enter(_next);
        }
        else
        {
            _entries[1].CopyTo(_entries[2], 0); // and the last itself below
        }

        CountSame();
        for (int x = 0; x < flatness.Length; x++)
        {
            flatness[x] = Shares[_same[x]];
        }

        return _numbers;
    }

    private void Enter(int y)
    {
        _match.Histogram.NumberRow(_image.Row(y), _numbersBelow);
        var entries = _entries[2];
        for (int x = 0; x < _numbersBelow.Length; x++)
        {
            entries[x + 1] = _match.EntryOfColor[_numbersBelow[x]];
        }

        entries[0] = entries[1];
        entries[^1] = entries[^2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountSame()
    {
        var own = _entries[1];
        int x = 0;
        for (; x + Vector128<byte>.Count <= _same.Length; x += Vector128<byte>.Count)
        {
            var entry = Vector128.Create(own, x + 1);
            var count = Vector128<byte>.Zero;
            foreach (var row in _entries)
            {
                for (int dx = 0; dx <= 2; dx++)
                {
                    count -= Vector128.Equals(entry, Vector128.Create(row, x + dx)); // all bits set is -1
                }
            }

            (count - Vector128<byte>.One).CopyTo(_same, x); // without itself
        }

        for (; x < _same.Length; x++)
        {
            int count = -1;
            foreach (var row in _entries)
            {
                for (int dx = 0; dx <= 2; dx++)
                {
                    count += row[x + dx] == own[x + 1] ? 1 : 0;
                }
            }

            _same[x] = (byte)count;
        }
    }
}
