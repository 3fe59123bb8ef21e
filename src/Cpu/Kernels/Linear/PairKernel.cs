using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Values (code − Middle)·scale with a scale for 16 k: acc = fma(Σ code·q − Middle·Σq, scale·d_x, acc) for each half of a block.</summary>
internal sealed unsafe partial class PairKernel<TCodes, TScales>(Isa isa) : BlockKernel<TCodes, TScales>
    where TCodes : struct, ICodes
    where TScales : struct, IScales
{
    protected override void One(byte* group, byte* quads, int blocks, float* sums, byte* panel)
    {
        if (isa >= Isa.Avx2)
            Avx2One(group, quads, blocks, sums);
        else
            base.One(group, quads, blocks, sums, panel);
    }

    protected override void Accumulate(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* ahead)
    {
        if (isa >= Isa.Avx2)
            Avx2Tiles(panel, quads, quadBytes, rows, blocks, sums, ahead);
        else
            PortableTiles(panel, quads, quadBytes, rows, blocks, sums);
    }

    private static void PortableTiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        for (var m = 0; m < rows; m++, sums += PackedMatrix.GroupRows)
            for (var n = 0; n < PackedMatrix.GroupRows; n++)
            {
                var lane = m % Quads.Rows;
                var x = quads + m / Quads.Rows * quadBytes;
                var w = panel;
                var acc = sums[n];
                for (var b = 0; b < blocks; b++, x += Quads.BlockBytes, w += IntegerPanel.BlockBytes)
                    for (var half = 0; half < 2; half++)
                    {
                        var codes = (sbyte*)x + lane * Quads.Columns;
                        var dot = 0;
                        for (var k = 16 * half; k < 16 * half + 16; k++)
                            dot += (w[k / 4 * 64 + 4 * n + k % 4] - TCodes.Middle) * codes[k];
                        var scale = ((float*)(w + IntegerPanel.FirstScales))[16 * half + n] * ((float*)(x + Quads.Scales))[lane];
                        acc = MathF.FusedMultiplyAdd(dot, scale, acc);
                    }
                sums[n] = acc;
            }
    }
}
