using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Codes;

/// <summary>
/// Codes of a block of 16 rows × 32 k, unsigned when loaded. A line is 64 bytes: 16 rows × 4 k (byte 4r + i is row r, k i of the line's four), so a block has lines 0 … 7;
/// they are read as pairs (j, 4 + j), half a line (8 rows) at a time.
/// </summary>
internal unsafe interface ICodes
{
    /// <summary>Bytes of a block.</summary>
    static abstract int Bytes { get; }

    /// <summary>The code of value zero where there is no offset.</summary>
    static abstract int Middle { get; }

    /// <summary>Lines whose products with s8 activations can be summed in 16 bits: 2·lines·(largest code)·127 &lt; 2^15. A power of two.</summary>
    static abstract int LinesIn16Bits { get; }

    /// <summary>Rows 8·half … of lines <paramref name="pair"/> (low) and 4 + pair (high).</summary>
    static abstract void Load(byte* codes, int pair, int half, out Vector256<byte> low, out Vector256<byte> high);

    /// <summary>Stores 4 codes of row <paramref name="row"/>, line <paramref name="line"/> (one in each byte) into zeroed memory.</summary>
    static abstract void Store(byte* codes, int line, int row, uint four);
}
