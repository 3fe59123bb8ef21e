using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Codes;

/// <summary>Codes 0 … 15: lines j and 4 + j share 64 bytes, the former in the low nibbles.</summary>
internal readonly unsafe struct Nibbles : ICodes
{
    public static int Bytes => 256;

    public static int Middle => 8;

    public static int LinesIn16Bits => 8; // 16·15·127 = 30480

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* codes, int pair, int half, out Vector256<byte> low, out Vector256<byte> high)
    {
        var mask = Vector256.Create((byte)15);
        var both = Vector256.Load(codes + 64 * pair + 32 * half);
        low = both & mask;
        high = (both.AsUInt16() >>> 4).AsByte() & mask;
    }

    public static void Store(byte* codes, int line, int row, uint four) => ((uint*)(codes + 64 * (line & 3)))[row] |= four << (line & 4);
}
