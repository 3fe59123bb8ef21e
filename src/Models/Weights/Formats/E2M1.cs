namespace Hone.Models.Weights.Formats;

/// <summary>fp4 1-2-1: 0, ½, 1, 1½, 2, 3, 4, 6 and their negatives; two codes to a byte, the first in the low nibble.</summary>
public static class E2M1
{
    private static ReadOnlySpan<float> Table => [0, .5f, 1, 1.5f, 2, 3, 4, 6, -0f, -.5f, -1, -1.5f, -2, -3, -4, -6];

    /// <summary>The value of a 4-bit code.</summary>
    public static float Value(int code) => Table[code & 15];

    internal static void Decode(ReadOnlySpan<byte> codes, Span<float> values)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            values[2 * i] = Table[codes[i] & 15];
            values[2 * i + 1] = Table[codes[i] >> 4];
        }
    }
}
