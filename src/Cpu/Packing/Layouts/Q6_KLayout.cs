using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>d·scale·(q − 32), a scale for 16 numbers, codes a byte each: 4384 bytes a super-block of 256, 1.07 bytes a weight (0.82 in the file).</summary>
internal sealed unsafe class Q6_KLayout : BlockLayout<SixBits, SuperBlockPair>
{
    private const int StoredBytes = 210;

    public override string Name => "Q6_K";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((ushort*)group)[lane] = SmallFloats.FiniteF16(stored[208..]);
            for (var sub = 0; sub < 8; sub++)
            {
                var block = group + SuperBlockPair.HeaderBytes + sub * StrideOfBlock;
                Scales(block)[lane] = stored[192 + 2 * sub];
                Scales(block)[16 + lane] = stored[193 + 2 * sub];
                // Each half of 128 numbers has 64 bytes of nibbles (groups 0, 1 low, 2, 3 high) and 32 bytes of upper bit pairs.
                var (half, part) = (sub / 4, sub % 4);
                for (var k = 0; k < 32; k++)
                {
                    var nibble = stored[64 * half + 32 * (part % 2) + k] >> 4 * (part / 2) & 15;
                    var upper = stored[128 + 32 * half + k] >> 2 * part & 3;
                    block[k / 4 * 64 + 4 * lane + k % 4] = (byte)(nibble | upper << 4);
                }
            }
        }
    }
}
