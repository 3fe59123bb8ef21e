using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>q·d + m in 576 bytes a block: 1.125 bytes a weight (0.75 in the file).</summary>
internal sealed unsafe class Q5_1Layout : BlockLayout<FiveBits, WithMinimum>
{
    private const int StoredBytes = 24;

    public override string Name => "Q5_1";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((uint*)Scales(group))[lane] = SmallFloats.FiniteF16(stored) | (uint)SmallFloats.FiniteF16(stored[2..]) << 16;
            FifthBits.Pack(stored[4..], group, lane);
        }
    }
}
