using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Integer products of the formats that <see cref="ICodes"/> and <see cref="IScales"/> describe, over a group unpacked in pieces.</summary>
internal abstract unsafe class BlockKernel<TCodes, TScales> : IntegerKernel
    where TCodes : struct, ICodes
    where TScales : struct, IScales
{
    /// <summary>Adds the panel's blocks to sums [rows][16]. Meanwhile the packed bytes at <paramref name="ahead"/>, which are next, are asked for.</summary>
    protected abstract void Accumulate(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* ahead);

    protected sealed override void Many(byte* group, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* panel)
    {
        for (var b = 0; b < blocks; b += IntegerPanel.MaxBlocks)
        {
            var count = Math.Min(IntegerPanel.MaxBlocks, blocks - b);
            Unpack(group, b, count, panel);
            Accumulate(panel, quads + b * Quads.BlockBytes, quadBytes, rows, count, sums, group + (b + count) * (TCodes.Bytes + TScales.Bytes));
        }
    }

    /// <summary>Unpacks blocks [first, first + count) of a group; first is a multiple of <see cref="IntegerPanel.MaxBlocks"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unpack(byte* group, int first, int count, byte* panel)
    {
        var stride = TCodes.Bytes + TScales.Bytes;
        var header = group + (long)first / TScales.BlocksPerHeader * (TScales.HeaderBytes + TScales.BlocksPerHeader * stride);
        var block = header + TScales.HeaderBytes;
        for (var b = 0; b < count; b++, block += stride, panel += IntegerPanel.BlockBytes)
        {
            if (TScales.BlocksPerHeader > 1 && b > 0 && b % TScales.BlocksPerHeader == 0)
            {
                header = block;
                block += TScales.HeaderBytes;
            }
            for (var pair = 0; pair < 4; pair++)
                for (var half = 0; half < 2; half++)
                {
                    TCodes.Load(block, pair, half, out var low, out var high);
                    low.Store(panel + 64 * pair + 32 * half);
                    high.Store(panel + 64 * (4 + pair) + 32 * half);
                }
            for (var half = 0; half < 2; half++)
            {
                TScales.Load(header, block + TCodes.Bytes, half, out var one, out var two);
                one.Store((float*)(panel + IntegerPanel.FirstScales) + 8 * half);
                two.Store((float*)(panel + IntegerPanel.SecondScales) + 8 * half);
            }
        }
    }
}
