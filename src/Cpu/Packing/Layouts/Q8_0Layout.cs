using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;
using Hone.Cpu.Kernels.Linear;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>q·d with signed bytes: 8 lines [k / 4][16 rows][4 k] and 16 f16 d, 544 bytes a block: 1.0625 bytes a weight, as in the file.</summary>
internal sealed unsafe class Q8_0Layout : PackedLayout
{
    private const int StoredBytes = 34;

    public override string Name => "Q8_0";

    public override int BlockLength => 32;

    public override int BlockBytes => SignedKernel.PackedBytes;

    public override LinearKernel Kernel(Profile profile, Isa isa) => profile == Profile.Fast ? new SignedKernel(isa) : new FloatKernel(isa);

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        for (var stored = row.Codes; stored.Length > 0; stored = stored[StoredBytes..], group += BlockBytes)
        {
            ((ushort*)(group + SignedKernel.CodeBytes))[lane] = SmallFloats.FiniteF16(stored);
            for (var line = 0; line < 8; line++)
                ((uint*)group)[16 * line + lane] = BinaryPrimitives.ReadUInt32LittleEndian(stored[(2 + 4 * line)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float* Panel(byte* group, int first, int count, float* scratch)
    {
        group += (long)first / BlockLength * BlockBytes;
        for (var panel = scratch; panel < scratch + count * PackedMatrix.GroupRows; group += BlockBytes, panel += 32 * PackedMatrix.GroupRows)
            for (var half = 0; half < 2; half++)
            {
                var d = SmallFloats.FromF16((ushort*)(group + SignedKernel.CodeBytes) + 8 * half);
                for (var line = 0; line < 8; line++)
                {
                    var codes = Vector256.Load((int*)(group + 64 * line + 32 * half));
                    for (var i = 0; i < 4; i++)
                        (Vector256.ConvertToSingle((codes << (24 - 8 * i)) >> 24) * d).Store(panel + (4 * line + i) * PackedMatrix.GroupRows + 8 * half);
                }
            }
        return scratch;
    }
}
