using System.Runtime.InteropServices;

namespace Hone.TestKit;

/// <summary>
/// Bytes that end where an unreadable page begins, behind another one: reading or writing past the end ends the process.
/// </summary>
public sealed class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22; // Linux: PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS
    private readonly nint _mapping;
    private readonly nuint _length;

    /// <param name="bytes">Size; the start is as aligned as the size.</param>
    public GuardedMemory(int bytes)
    {
        var page = (nuint)Environment.SystemPageSize;
        var usable = ((nuint)bytes + page - 1) / page * page;
        _length = usable + 2 * page;
        _mapping = MapMemory(0, _length, ReadWrite, PrivateAnonymous, -1, 0);
        if (_mapping == -1)
            throw new InvalidOperationException($"mmap of {_length} bytes failed: {Marshal.GetLastPInvokeError()}.");
        Protect(_mapping, page);
        Protect(_mapping + (nint)(page + usable), page);
        Start = _mapping + (nint)(page + usable) - bytes;
    }

    /// <summary>Address of the first byte.</summary>
    public nint Start { get; }

    public void Dispose() => _ = UnmapMemory(_mapping, _length);

    private static void Protect(nint address, nuint length)
    {
        if (ProtectMemory(address, length, 0) != 0)
            throw new InvalidOperationException($"mprotect failed: {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint MapMemory(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int ProtectMemory(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int UnmapMemory(nint address, nuint length);
}
