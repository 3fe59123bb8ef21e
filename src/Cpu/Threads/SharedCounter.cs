using System.Runtime.InteropServices;

namespace Hone.Cpu.Threads;

/// <summary>A number that threads share; its cache lines hold nothing else.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal sealed class SharedCounter
{
    [FieldOffset(128)]
    public int Value;
}
