using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>fp8: [k][16 rows] e4m3 bytes and a scale for each row, applied to the finished sums.</summary>
internal sealed unsafe class F8E4M3Layout : PackedLayout
{
    public override string Name => "F8E4M3";

    public override int BlockLength => 4; // keeps the row scales 64-byte aligned

    public override int BlockBytes => BlockLength * PackedMatrix.GroupRows;

    public override bool HasRowScales => true;

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        RowScales(group, row.Length)[lane] = row.Scale;
        for (var k = 0; k < row.Length; k++)
            group[k * PackedMatrix.GroupRows + lane] = SmallFloats.FiniteE4M3(row.Codes[k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float* Panel(byte* group, int first, int count, float* scratch)
    {
        var source = group + (long)first * PackedMatrix.GroupRows;
        for (var i = 0; i < count * PackedMatrix.GroupRows; i += 8)
            SmallFloats.FromE4M3(source + i).Store(scratch + i);
        return scratch;
    }
}
