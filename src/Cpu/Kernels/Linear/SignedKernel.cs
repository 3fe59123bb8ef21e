using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Q8_0: acc = fma(Σ code·q, d·d_x, acc) for each block of 32. The packed lines are what products of many rows read too; only the scales are unpacked.</summary>
internal sealed unsafe partial class SignedKernel(Isa isa) : IntegerKernel
{
    public const int CodeBytes = 512;
    public const int PackedBytes = CodeBytes + 32;

    protected override void One(byte* group, byte* quads, int blocks, float* sums, byte* panel)
    {
        if (isa >= Isa.Avx2)
            Avx2One(group, quads, blocks, sums);
        else
            base.One(group, quads, blocks, sums, panel);
    }

    protected override void Accumulate(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        if (isa >= Isa.Avx2)
            Avx2Tiles(panel, quads, quadBytes, rows, blocks, sums);
        else
            PortableTiles(panel, quads, quadBytes, rows, blocks, sums);
    }

    protected override void Unpack(byte* group, int first, int count, byte* panel)
    {
        group += (long)first * PackedBytes;
        for (var b = 0; b < count; b++, group += PackedBytes, panel += IntegerPanel.BlockBytes)
        {
            new ReadOnlySpan<byte>(group, CodeBytes).CopyTo(new Span<byte>(panel, CodeBytes));
            for (var n = 0; n < PackedMatrix.GroupRows; n += 8)
                Vector256.Store(
                    SmallFloats.FromF16((ushort*)(group + CodeBytes) + n), (float*)(panel + IntegerPanel.FirstScales) + n);
        }
    }

    private static void PortableTiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        for (var m = 0; m < rows; m++, sums += PackedMatrix.GroupRows)
            for (var n = 0; n < PackedMatrix.GroupRows; n++)
            {
                var lane = m % Quads.Rows;
                var x = quads + m / Quads.Rows * quadBytes;
                var w = (sbyte*)panel;
                var acc = sums[n];
                for (var b = 0; b < blocks; b++, x += Quads.BlockBytes, w += IntegerPanel.BlockBytes)
                {
                    var codes = (sbyte*)x + lane * Quads.Columns;
                    var dot = 0;
                    for (var k = 0; k < Quads.Columns; k++)
                        dot += w[k / 4 * 64 + 4 * n + k % 4] * codes[k];
                    var scale = ((float*)(w + IntegerPanel.FirstScales))[n] * ((float*)(x + Quads.Scales))[lane];
                    acc = MathF.FusedMultiplyAdd(dot, scale, acc);
                }
                sums[n] = acc;
            }
    }
}
