using System.Buffers.Binary;
using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>q·d + m in 320 bytes a block: 0.625 bytes a weight, as in the file.</summary>
internal sealed unsafe class Q4_1Layout : BlockLayout<Nibbles, WithMinimum>
{
    private const int StoredBytes = 20;

    public override string Name => "Q4_1";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((uint*)Scales(group))[lane] = SmallFloats.FiniteF16(stored) | (uint)SmallFloats.FiniteF16(stored[2..]) << 16;
            for (var pair = 0; pair < 4; pair++)
                ((uint*)group)[16 * pair + lane] = BinaryPrimitives.ReadUInt32LittleEndian(stored[(4 + 4 * pair)..]);
        }
    }
}
