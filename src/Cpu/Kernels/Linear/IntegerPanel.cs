namespace Hone.Cpu.Kernels.Linear;

/// <summary>
/// A piece of a group unpacked for products of many rows. A block (16 rows × 32 k) is 8 lines [k / 4][row][4 k] of code bytes, then two times 16 f32:
/// d and m of the rows, or d of k 0–15 and d of k 16–31.
/// </summary>
internal static class IntegerPanel
{
    public const int CodeBytes = 512;
    public const int FirstScales = CodeBytes;
    public const int SecondScales = FirstScales + 64;
    public const int BlockBytes = SecondScales + 64;

    /// <summary>Blocks unpacked at a time: 15 KB, half of a first-level cache; a multiple of 8, a K-quant's super-block.</summary>
    public const int MaxBlocks = 24;
}
