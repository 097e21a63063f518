using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>Memory that will be read soon, asked for while something else is done. What is not there is asked for in vain, which does no harm.</summary>
internal static class CacheLines
{
    private const int Size = 64;

    /// <summary>Asks for one line.</summary>
    /// <param name="start">Where to count from.</param>
    /// <param name="offset">Bytes from there; it may lead past the end of an array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void AskForOne<T>(ref T start, nuint offset)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref start) + offset);
        }
    }

    /// <summary>Asks for all lines that some values lie in, at least one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void AskFor<T>(ref T start, int count)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            byte* at = (byte*)Unsafe.AsPointer(ref start);
            byte* last = at + (count * sizeof(T)) - 1;
            do
            {
                Sse.Prefetch0(at);
                at += Size;
            }
            while (at < last);

            Sse.Prefetch0(last);
        }
    }
}
