using System.Buffers.Binary;
using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>E2M1 codes, an e4m3 scale for 16 of them, and 1 / divisor as row scale: 288 bytes a block, 0.5625 bytes a weight. Stored with two codes to a byte, the first low.</summary>
internal sealed unsafe class Nvfp4Layout : BlockLayout<E2M1, E4M3Pair>
{
    public override string Name => "NVFP4";

    public override bool HasRowScales => true;

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        RowScales(group, row.Length)[lane] = row.Scale / row.BlockScaleDivisor;
        for (var b = 0; b < row.Length / 32; b++, group += BlockBytes)
        {
            Scales(group)[lane] = SmallFloats.FiniteE4M3(row.BlockScaleCodes[2 * b]);
            Scales(group)[16 + lane] = SmallFloats.FiniteE4M3(row.BlockScaleCodes[2 * b + 1]);
            for (var line = 0; line < 8; line++)
            {
                uint two = BinaryPrimitives.ReadUInt16LittleEndian(row.Codes[(16 * b + 2 * line)..]);
                E2M1.Store(group, line, lane, two & 0xF | (two & 0xF0) << 4 | (two & 0xF00) << 8 | (two & 0xF000) << 12);
            }
        }
    }
}
