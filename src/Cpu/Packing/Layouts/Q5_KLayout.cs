using System.Buffers.Binary;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>As Q4_K with 5-bit codes, a byte each: 4416 bytes a super-block of 256, 1.078 bytes a weight (0.6875 in the file).</summary>
internal sealed unsafe class Q5_KLayout : BlockLayout<FiveBits, SuperBlock>
{
    private const int StoredBytes = 176;

    public override string Name => "Q5_K";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            SuperBlock.Pack(stored, group, lane);
            for (var sub = 0; sub < 8; sub++)
            {
                var block = group + SuperBlock.HeaderBytes + sub * StrideOfBlock;
                SuperBlock.PackSub(stored, sub, Scales(block), lane);
                for (var line = 0; line < 8; line++)
                {
                    var four = BinaryPrimitives.ReadUInt32LittleEndian(stored[(48 + 32 * (sub / 2) + 4 * line)..]) >> 4 * (sub % 2) & 0x0F0F0F0F;
                    var fifth = BinaryPrimitives.ReadUInt32LittleEndian(stored[(16 + 4 * line)..]) >> sub & 0x01010101;
                    FiveBits.Store(block, line, lane, four | fifth << 4);
                }
            }
        }
    }
}
