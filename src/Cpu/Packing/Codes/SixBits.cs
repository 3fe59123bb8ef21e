using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Codes;

/// <summary>Codes 0 … 63, a byte each.</summary>
internal readonly unsafe struct SixBits : ICodes
{
    public static int Bytes => 512;

    public static int Middle => 32;

    public static int LinesIn16Bits => 2; // 4·63·127 = 32004

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* codes, int pair, int half, out Vector256<byte> low, out Vector256<byte> high) =>
        FiveBits.Load(codes, pair, half, out low, out high);

    public static void Store(byte* codes, int line, int row, uint four) => FiveBits.Store(codes, line, row, four);
}
