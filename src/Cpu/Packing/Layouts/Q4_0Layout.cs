using System.Buffers.Binary;
using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>(q − 8)·d in 288 bytes a block: 0.5625 bytes a weight, as in the file.</summary>
internal sealed unsafe class Q4_0Layout : BlockLayout<Nibbles, Symmetric<Nibbles>>
{
    private const int StoredBytes = 18;

    public override string Name => "Q4_0";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((ushort*)Scales(group))[lane] = SmallFloats.FiniteF16(stored);
            for (var pair = 0; pair < 4; pair++)
                ((uint*)group)[16 * pair + lane] = BinaryPrimitives.ReadUInt32LittleEndian(stored[(2 + 4 * pair)..]);
        }
    }
}
