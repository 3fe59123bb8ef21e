using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>bf16: the upper half of an f32.</summary>
internal sealed unsafe class BF16Layout : FloatLayout
{
    public override string Name => "BF16";

    public override int BlockBytes => PackedMatrix.GroupRows * sizeof(ushort);

    public override void Store(byte* group, int k, int lane, float value) =>
        ((ushort*)group)[k * PackedMatrix.GroupRows + lane] = (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float* Panel(byte* group, int first, int count, float* scratch)
    {
        var source = (ushort*)group + first * PackedMatrix.GroupRows;
        for (var i = 0; i < count * PackedMatrix.GroupRows; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(source + i));
            (low << 16).AsSingle().Store(scratch + i);
            (high << 16).AsSingle().Store(scratch + i + Vector256<uint>.Count);
        }
        return scratch;
    }
}
