using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>(q − 16)·d in 544 bytes a block: 1.0625 bytes a weight (0.6875 in the file).</summary>
internal sealed unsafe class Q5_0Layout : BlockLayout<FiveBits, Symmetric<FiveBits>>
{
    private const int StoredBytes = 22;

    public override string Name => "Q5_0";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((ushort*)Scales(group))[lane] = SmallFloats.FiniteF16(stored);
            FifthBits.Pack(stored[2..], group, lane);
        }
    }
}
