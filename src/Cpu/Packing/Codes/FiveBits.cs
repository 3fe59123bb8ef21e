using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Codes;

/// <summary>Codes 0 … 31, a byte each.</summary>
internal readonly unsafe struct FiveBits : ICodes
{
    public static int Bytes => 512;

    public static int Middle => 16;

    public static int LinesIn16Bits => 4; // 8·31·127 = 31496

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* codes, int pair, int half, out Vector256<byte> low, out Vector256<byte> high)
    {
        low = Vector256.Load(codes + 64 * pair + 32 * half);
        high = Vector256.Load(codes + 64 * (4 + pair) + 32 * half);
    }

    public static void Store(byte* codes, int line, int row, uint four) => ((uint*)(codes + 64 * line))[row] = four;
}
