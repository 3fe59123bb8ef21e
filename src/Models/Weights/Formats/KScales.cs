namespace Hone.Models.Weights.Formats;

/// <summary>The eight 6-bit scales and minima that Q4_K and Q5_K pack into 12 bytes.</summary>
internal static class KScales
{
    public static (int Scale, int Min) Get(ReadOnlySpan<byte> packed, int i) => i < 4
        ? (packed[i] & 63, packed[i + 4] & 63)
        : (packed[i + 4] & 15 | packed[i - 4] >> 6 << 4, packed[i + 4] >> 4 | packed[i] >> 6 << 4);
}
