using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>
/// 256 numbers in 176 bytes: as Q4_K with 32 bytes of fifth bits before the nibbles; bit s of byte i is the fifth bit of number i of sub-block s.
/// </summary>
internal static class Q5_K
{
    private const int BlockBytes = 176;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[256..])
        {
            var (d, dmin) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            for (var sub = 0; sub < 8; sub++)
            {
                var (scale, min) = KScales.Get(blocks.Slice(4, 12), sub);
                for (var half = 0; half < 2; half++)
                {
                    var nibbles = Vector128.Create(blocks.Slice(48 + 32 * (sub / 2) + 16 * half, 16));
                    var fifth = (Vector128.Create(blocks.Slice(16 + 16 * half, 16)) >>> sub & Vector128.Create((byte)1)) << 4;
                    var codes = (sub % 2 == 0 ? Codes.Low(nibbles) : Codes.High(nibbles)) | fifth;
                    Codes.ScaleAdd(codes, d * scale, -(dmin * min), values.Slice(32 * sub + 16 * half, 16));
                }
            }
        }
    }

    public static void DecodePlain(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length > 0; blocks = blocks[BlockBytes..], values = values[256..])
        {
            var (d, dmin) = (Floats.Half(blocks), Floats.Half(blocks[2..]));
            for (var i = 0; i < 256; i++)
            {
                var sub = i / 32;
                var (scale, min) = KScales.Get(blocks.Slice(4, 12), sub);
                var q = blocks[48 + 32 * (sub / 2) + i % 32] >> 4 * (sub % 2) & 15;
                q |= (blocks[16 + i % 32] >> sub & 1) << 4;
                values[i] = d * scale * q - dmin * min;
            }
        }
    }
}
