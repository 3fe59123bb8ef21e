using System.Runtime.InteropServices;

namespace Hone.Cpu.Memory;

/// <summary>Memory outside the garbage-collected heap, aligned to a cache line.</summary>
public sealed unsafe class AlignedMemory : IDisposable
{
    public const int Alignment = 64;
    private byte* _pointer;

    /// <param name="bytes">Size.</param>
    /// <param name="zeroed">False leaves the content open, and lets the system give pages of a large piece when they are first written.</param>
    public AlignedMemory(long bytes, bool zeroed = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        _pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        if (zeroed)
            NativeMemory.Clear(_pointer, (nuint)bytes);
    }

    ~AlignedMemory() => Free();

    public long Bytes { get; }

    /// <summary>Rounds up to whole cache lines.</summary>
    public static long RoundUp(long bytes) => checked(bytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>The first byte; valid until disposal.</summary>
    public byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer == null, this);
            return _pointer;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
