using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>32 numbers in 34 bytes: f16 d, 32 signed bytes. Value q · d.</summary>
internal static class Q8_0
{
    private const int BlockBytes = 34;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            var codes = MemoryMarshal.Cast<byte, sbyte>(blocks.Slice(2, 32));
            Codes.Scale(Vector128.Create(codes[..16]), d, values);
            Codes.Scale(Vector128.Create(codes[16..]), d, values[16..]);
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[32..])
        {
            var d = Floats.Half(blocks);
            for (var i = 0; i < 32; i++)
                values[i] = (sbyte)blocks[2 + i] * d;
        }
    }
}
