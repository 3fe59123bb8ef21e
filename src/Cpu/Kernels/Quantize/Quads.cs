namespace Hone.Cpu.Kernels.Quantize;

/// <summary>
/// Int8 activations in the order in which the integer products read them. Rows go in fours ("quads"); a quad has one block for each 32 of its columns:
/// 4 × 32 s8 codes, 4 f32 scales d = max|x| / 127, 4 f32 d·Σq, 2 × 4 i32 Σq of columns 0–15 and 16–31. Value: q · d.
/// </summary>
public static class Quads
{
    /// <summary>Rows that share a block.</summary>
    public const int Rows = 4;

    /// <summary>Columns of a block.</summary>
    public const int Columns = 32;

    internal const int Scales = Rows * Columns;
    internal const int Sums = Scales + 4 * Rows;
    internal const int HalfSums = Sums + 4 * Rows;
    internal const int HalfSumsStride = 4 * Rows;
    internal const int BlockBytes = HalfSums + 2 * HalfSumsStride;

    /// <summary>Bytes of <paramref name="rows"/> rows of <paramref name="width"/> columns (a multiple of 32).</summary>
    public static long Bytes(int rows, int width) => (rows + Rows - 1L) / Rows * QuadBytes(width);

    internal static long QuadBytes(int width) => (long)width / Columns * BlockBytes;
}
