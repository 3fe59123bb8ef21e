using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>32 numbers in 20 bytes: f16 d, f16 m, 16 bytes of nibbles as in Q4_0. Value q · d + m.</summary>
internal static class Q4_1
{
    private const int BlockBytes = 20;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var (d, m) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            var codes = Vector128.Create(blocks.Slice(4, 16));
            Codes.ScaleAdd(Codes.Low(codes), d, m, values);
            Codes.ScaleAdd(Codes.High(codes), d, m, values[16..]);
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var (d, m) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            for (var i = 0; i < 16; i++)
            {
                values[i] = (blocks[4 + i] & 15) * d + m;
                values[i + 16] = (blocks[4 + i] >> 4) * d + m;
            }
        }
    }
}
