using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>32 numbers in 24 bytes: f16 d, f16 m, u32 of fifth bits, 16 bytes of nibbles as in Q4_0. Value q · d + m.</summary>
internal static class Q5_1
{
    private const int BlockBytes = 24;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var (d, m) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[4..]);
            var codes = Vector128.Create(blocks.Slice(8, 16));
            Codes.ScaleAdd(Codes.Low(codes) | Codes.FifthBits(fifth), d, m, values);
            Codes.ScaleAdd(Codes.High(codes) | Codes.FifthBits(fifth >> 16), d, m, values[16..]);
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var (d, m) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[4..]);
            for (var i = 0; i < 16; i++)
            {
                values[i] = (blocks[8 + i] & 15 | (int)(fifth >> i & 1) << 4) * d + m;
                values[i + 16] = (blocks[8 + i] >> 4 | (int)(fifth >> i + 16 & 1) << 4) * d + m;
            }
        }
    }
}
