using System.Runtime.CompilerServices;

namespace Hone.Models.Weights.Formats;

/// <summary>NVFP4 as safetensors hold it: E2M1 codes, an e4m3 scale for each 16 of them, one f32 scale for the tensor.</summary>
public static class Nvfp4
{
    /// <summary>Values that share a block scale.</summary>
    public const int Block = 16;

    /// <summary>value = code · (block scale / <paramref name="divisor"/>), in f32 in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ReadOnlySpan<byte> codes, ReadOnlySpan<byte> blockScales, float divisor, Span<float> values)
    {
        if (values.Length != 2 * codes.Length || values.Length != Block * blockScales.Length)
            throw new ArgumentException($"{codes.Length} bytes of codes and {blockScales.Length} scales are not {values.Length} numbers.");
        for (var block = 0; block < blockScales.Length; block++)
        {
            var scale = F8E4M3.Value(blockScales[block]) / divisor;
            for (var i = block * Block; i < (block + 1) * Block; i += 2)
            {
                values[i] = E2M1.Value(codes[i / 2]) * scale;
                values[i + 1] = E2M1.Value(codes[i / 2] >> 4) * scale;
            }
        }
    }
}
