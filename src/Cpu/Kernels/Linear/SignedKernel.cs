using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Q8_0: acc = fma(Σ code·q, d·d_x, acc) for each block of 32. The packed lines are what products of many rows read too; only the scales are unpacked.</summary>
internal sealed unsafe partial class SignedKernel(Isa isa) : IntegerKernel
{
    public const int CodeBytes = 512;
    public const int PackedBytes = CodeBytes + 32;
    private const int MaxBlocks = 24; // 13 KB of lines, which stay in the first-level cache for all rows

    protected override void One(byte* group, byte* quads, int blocks, float* sums, byte* panel)
    {
        if (isa >= Isa.Avx2)
            Avx2One(group, quads, blocks, sums);
        else
            base.One(group, quads, blocks, sums, panel);
    }

    protected override void Many(byte* group, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* panel)
    {
        var d = (float*)panel;
        for (var b = 0; b < blocks; b += MaxBlocks)
        {
            var (count, lines, x) = (Math.Min(MaxBlocks, blocks - b), (nint)(group + (long)b * PackedBytes), (nint)(quads + b * Quads.BlockBytes));
            for (var i = 0; i < count; i++)
                for (var n = 0; n < PackedMatrix.GroupRows; n += 8)
                    SmallFloats.FromF16((ushort*)(lines + i * PackedBytes + CodeBytes) + n).Store(d + i * PackedMatrix.GroupRows + n);
            if (isa >= Isa.Avx2)
                Avx2Tiles((byte*)lines, d, (byte*)x, quadBytes, rows, count, sums);
            else
                PortableTiles((sbyte*)lines, d, (byte*)x, quadBytes, rows, count, sums);
        }
    }

    private static void PortableTiles(sbyte* lines, float* d, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        for (var m = 0; m < rows; m++, sums += PackedMatrix.GroupRows)
            for (var n = 0; n < PackedMatrix.GroupRows; n++)
            {
                var lane = m % Quads.Rows;
                var x = quads + m / Quads.Rows * quadBytes;
                var w = lines;
                var acc = sums[n];
                for (var b = 0; b < blocks; b++, x += Quads.BlockBytes, w += PackedBytes)
                {
                    var codes = (sbyte*)x + lane * Quads.Columns;
                    var dot = 0;
                    for (var k = 0; k < Quads.Columns; k++)
                        dot += w[k / 4 * 64 + 4 * n + k % 4] * codes[k];
                    acc = MathF.FusedMultiplyAdd(dot, d[b * PackedMatrix.GroupRows + n] * ((float*)(x + Quads.Scales))[lane], acc);
                }
                sums[n] = acc;
            }
    }
}
