using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>
/// 256 numbers in 210 bytes: 128 bytes of low nibbles, 64 bytes of upper bit pairs, 16 signed scales, f16 d. In each half of 128 numbers, group g of 32 has its
/// nibbles in bytes 32·(g mod 2) …, low for g &lt; 2 and high otherwise, and its bit pairs at bit 2g. Value d · scale(16 numbers) · (q − 32).
/// </summary>
internal static class Q6_K
{
    private const int BlockBytes = 210;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[256..])
        {
            var d = Floats.Half(blocks[208..]);
            for (var i = 0; i < 256; i += 16)
            {
                var (half, group, column) = (i / 128, i / 32 % 4, i % 32);
                var nibbles = Vector128.Create(blocks.Slice(64 * half + 32 * (group % 2) + column, 16));
                var pairs = Vector128.Create(blocks.Slice(128 + 32 * half + column, 16));
                var upper = (pairs >>> 2 * group & Vector128.Create((byte)3)) << 4;
                var codes = (group < 2 ? Codes.Low(nibbles) : Codes.High(nibbles)) | upper;
                Codes.Scale(codes.AsSByte() - Vector128.Create((sbyte)32), d * (sbyte)blocks[192 + i / 16], values.Slice(i, 16));
            }
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[256..])
        {
            var d = Floats.Half(blocks[208..]);
            for (var i = 0; i < 256; i++)
            {
                var (half, group, column) = (i / 128, i / 32 % 4, i % 32);
                var q = blocks[64 * half + 32 * (group % 2) + column] >> 4 * (group / 2) & 15;
                q |= (blocks[128 + 32 * half + column] >> 2 * group & 3) << 4;
                values[i] = d * (sbyte)blocks[192 + i / 16] * (q - 32);
            }
        }
    }
}
