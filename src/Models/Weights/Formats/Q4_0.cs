using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>32 numbers in 18 bytes: f16 d, 16 bytes whose low nibbles are q 0–15 and high nibbles q 16–31. Value (q − 8) · d.</summary>
internal static class Q4_0
{
    private const int BlockBytes = 18;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            var codes = Vector128.Create(blocks.Slice(2, 16));
            var bias = Vector128.Create((sbyte)8);
            Codes.Scale(Codes.Low(codes).AsSByte() - bias, d, values);
            Codes.Scale(Codes.High(codes).AsSByte() - bias, d, values[16..]);
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            for (var i = 0; i < 16; i++)
            {
                values[i] = ((blocks[2 + i] & 15) - 8) * d;
                values[i + 16] = ((blocks[2 + i] >> 4) - 8) * d;
            }
        }
    }
}
