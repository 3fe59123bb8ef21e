using System.Runtime.InteropServices;

namespace Hone.Cpu.Memory;

/// <summary>Zeroed memory outside the garbage-collected heap, aligned to a cache line.</summary>
public sealed unsafe class AlignedMemory : IDisposable
{
    public const int Alignment = 64;
    private byte* _pointer;

    public AlignedMemory(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        _pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        NativeMemory.Clear(_pointer, (nuint)bytes);
    }

    ~AlignedMemory() => Free();

    public long Bytes { get; }

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
