using System.Buffers.Binary;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>Codes of Q5_0 and Q5_1: a u32 of fifth bits, then 16 bytes whose low nibbles are codes 0–15 and high nibbles codes 16–31.</summary>
internal static unsafe class FifthBits
{
    public static void Pack(ReadOnlySpan<byte> stored, byte* codes, int lane)
    {
        var fifth = BinaryPrimitives.ReadUInt32LittleEndian(stored);
        for (var k = 0; k < 32; k++)
        {
            var nibble = stored[4 + k % 16] >> (k / 16 * 4) & 15;
            codes[k / 4 * 64 + 4 * lane + k % 4] = (byte)(nibble | (int)(fifth >> k & 1) << 4);
        }
    }
}
