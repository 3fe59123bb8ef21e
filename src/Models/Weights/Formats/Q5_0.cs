using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>32 numbers in 22 bytes: f16 d, u32 whose bit i is the fifth bit of q i, 16 bytes of nibbles as in Q4_0. Value (q − 16) · d.</summary>
internal static class Q5_0
{
    private const int BlockBytes = 22;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[2..]);
            var codes = Vector128.Create(blocks.Slice(6, 16));
            var bias = Vector128.Create((sbyte)16);
            Codes.Scale((Codes.Low(codes) | Codes.FifthBits(fifth)).AsSByte() - bias, d, values);
            Codes.Scale((Codes.High(codes) | Codes.FifthBits(fifth >> 16)).AsSByte() - bias, d, values[16..]);
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[2..]);
            for (var i = 0; i < 16; i++)
            {
                values[i] = ((blocks[6 + i] & 15 | (int)(fifth >> i & 1) << 4) - 16) * d;
                values[i + 16] = ((blocks[6 + i] >> 4 | (int)(fifth >> i + 16 & 1) << 4) - 16) * d;
            }
        }
    }
}
