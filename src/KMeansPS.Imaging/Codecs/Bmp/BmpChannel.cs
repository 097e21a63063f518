using System.Numerics;

namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>Takes one channel out of a pixel and scales it to 8 bits, rounded to nearest.</summary>
internal sealed class BmpChannel
{
    private const int TableBits = 8;

    private readonly uint _mask;
    private readonly int _shift;
    private readonly ulong _max;
    private readonly byte[] _table;

    /// <summary>Makes the reader of a channel.</summary>
    /// <param name="mask">Its bits, which stand together; 0 for a channel that is not there.</param>
    /// <param name="absent">What a channel that is not there is taken for.</param>
    internal BmpChannel(uint mask, byte absent)
    {
        _mask = mask;
        _shift = mask == 0 ? 0 : BitOperations.TrailingZeroCount(mask);
        _max = mask >> _shift;
        if (_max >= 1 << TableBits)
        {
            _table = [];
            return;
        }

        _table = new byte[_max + 1];
        for (int value = 0; value < _table.Length; value++)
        {
            _table[value] = mask == 0 ? absent : Scale((uint)value);
        }
    }

    /// <summary>The channel of a pixel, 0 to 255.</summary>
    internal byte Of(uint pixel)
    {
        uint value = (pixel & _mask) >> _shift;
        return value < (uint)_table.Length ? _table[value] : Scale(value);
    }

    private byte Scale(uint value) => (byte)((value * 255ul + _max / 2) / _max);
}
