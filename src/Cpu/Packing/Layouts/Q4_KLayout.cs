using System.Buffers.Binary;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>d·scale·q − dmin·min, eight blocks of 32 under one d and dmin: 2368 bytes a super-block of 256, 0.578 bytes a weight (0.5625 in the file).</summary>
internal sealed unsafe class Q4_KLayout : BlockLayout<Nibbles, SuperBlock>
{
    private const int StoredBytes = 144;

    public override string Name => "Q4_K";

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            SuperBlock.Pack(stored, group, lane);
            for (var sub = 0; sub < 8; sub++)
            {
                var block = group + SuperBlock.HeaderBytes + sub * StrideOfBlock;
                SuperBlock.PackSub(stored, sub, Scales(block), lane);
                // Two sub-blocks share 32 bytes, the even one in the low nibbles; here the two halves of one block share 16.
                for (var line = 0; line < 8; line++)
                {
                    var four = BinaryPrimitives.ReadUInt32LittleEndian(stored[(16 + 32 * (sub / 2) + 4 * line)..]) >> 4 * (sub % 2) & 0x0F0F0F0F;
                    Nibbles.Store(block, line, lane, four);
                }
            }
        }
    }
}
