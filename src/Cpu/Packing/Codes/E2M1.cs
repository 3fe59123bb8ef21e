using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hone.Cpu.Packing.Codes;

/// <summary>4-bit floats ±{0, ½, 1, 1½, 2, 3, 4, 6}, stored like <see cref="Nibbles"/>; loaded as twice the value plus 12: 0 … 24.</summary>
internal readonly unsafe struct E2M1 : ICodes
{
    public static int Bytes => Nibbles.Bytes;

    public static int Middle => 12;

    public static int LinesIn16Bits => 4; // 8·24·127 = 24384

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* codes, int pair, int half, out Vector256<byte> low, out Vector256<byte> high)
    {
        Nibbles.Load(codes, pair, half, out low, out high);
        low = LookUp(low);
        high = LookUp(high);
    }

    public static void Store(byte* codes, int line, int row, uint four) => Nibbles.Store(codes, line, row, four);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector256<byte> nibbles)
    {
        var table = Vector128.Create((byte)12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0);
        if (Avx2.IsSupported)
            return Avx2.Shuffle(Vector256.Create(table, table), nibbles);
        return Vector256.Create(Vector128.Shuffle(table, nibbles.GetLower()), Vector128.Shuffle(table, nibbles.GetUpper()));
    }
}
