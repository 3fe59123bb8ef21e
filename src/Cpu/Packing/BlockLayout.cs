using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Packing.Codes;
using Hone.Cpu.Packing.Scales;

namespace Hone.Cpu.Packing;

/// <summary>Formats of unsigned codes in blocks of 32 with two numbers a row and block: scale and offset, or the scales of both halves.</summary>
internal abstract unsafe class BlockLayout<TCodes, TScales> : PackedLayout
    where TCodes : struct, ICodes
    where TScales : struct, IScales
{
    protected static int StrideOfBlock => TCodes.Bytes + TScales.Bytes;

    public override int BlockLength => 32 * TScales.BlocksPerHeader;

    public override int BlockBytes => TScales.HeaderBytes + TScales.BlocksPerHeader * StrideOfBlock;

    public override LinearKernel Kernel(Profile profile, Isa isa)
    {
        if (profile == Profile.Exact)
            return new FloatKernel(isa);
        return TScales.PerHalf ? new PairKernel<TCodes, TScales>(isa) : new AffineKernel<TCodes, TScales>(isa);
    }

    public override float* Panel(byte* group, int first, int count, float* scratch)
    {
        var header = group + (long)first / BlockLength * BlockBytes;
        var panel = scratch;
        for (var k = 0; k < count; header += BlockBytes)
            for (var i = 0; i < TScales.BlocksPerHeader && k < count; i++, k += 32, panel += 32 * PackedMatrix.GroupRows)
                PanelBlock(header, header + TScales.HeaderBytes + i * StrideOfBlock, panel);
        return scratch;
    }

    protected static byte* Scales(byte* block) => block + TCodes.Bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PanelBlock(byte* header, byte* block, float* panel)
    {
        for (var half = 0; half < 2; half++)
        {
            TScales.Load(header, Scales(block), half, out var first, out var second);
            for (var pair = 0; pair < 4; pair++)
            {
                TCodes.Load(block, pair, half, out var low, out var high);
                var target = panel + 4 * pair * PackedMatrix.GroupRows + 8 * half;
                for (var i = 0; i < 4; i++, target += PackedMatrix.GroupRows)
                {
                    Value(low, i, first, second).Store(target);
                    Value(high, i, TScales.PerHalf ? second : first, second).Store(target + 16 * PackedMatrix.GroupRows);
                }
            }
        }
    }

    /// <summary>k number i of a line (byte i of each 32 bits) for 8 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Value(Vector256<byte> line, int i, Vector256<float> scale, Vector256<float> offset)
    {
        var code = ((line.AsUInt32() >>> (8 * i)) & Vector256.Create(255u)).AsInt32();
        return TScales.PerHalf
            ? Vector256.ConvertToSingle(code - Vector256.Create(TCodes.Middle)) * scale
            : Vector256.ConvertToSingle(code) * scale + offset;
    }
}
