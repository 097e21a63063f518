using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Tells a hash of any run of bytes at once, however long it is, from the polynomials of the prefixes at its two ends
/// (Karp and Rabin 1987, "Efficient randomized pattern-matching algorithms"; here modulo 2^64).
/// </summary>
internal sealed class PrefixHashes
{
    private const ulong Base = 0xD6E8FEB86659FD93;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private ulong[] _prefixes = [];

    /// <summary>The power of the base that belongs to a length.</summary>
    internal static ulong Power(int length)
    {
        ulong power = 1;
        for (int i = 0; i < length; i++)
        {
            power *= Base;
        }

        return power;
    }

    /// <summary>Takes data in the place of what it had.</summary>
    internal void Start(ReadOnlySpan<byte> data)
    {
        if (_prefixes.Length <= data.Length)
        {
            _prefixes = new ulong[data.Length + 1];
        }

        ulong prefix = 0;
        for (int i = 0; i < data.Length; i++)
        {
            prefix = (prefix * Base) + data[i];
            _prefixes[i + 1] = prefix;
        }
    }

    /// <summary>The polynomial of the bytes before a position, that of those before the next one, and so on.</summary>
    internal ReadOnlySpan<ulong> From(int position) => _prefixes.AsSpan(position);

    /// <summary>The hash of a run, whose highest bits are the best.</summary>
    /// <param name="prefixes">The polynomials from its start on, more than it has bytes.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="power">The <see cref="Power"/> of that length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Of(ReadOnlySpan<ulong> prefixes, int length, ulong power)
    {
        Debug.Assert(length >= 0 && length < prefixes.Length);
        ref ulong before = ref MemoryMarshal.GetReference(prefixes);
        return (Unsafe.Add(ref before, length) - (before * power)) * Multiplier;
    }
}
