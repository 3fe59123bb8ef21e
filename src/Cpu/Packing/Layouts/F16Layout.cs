using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Cpu.Packing.Layouts;

/// <summary>IEEE half. Infinities and NaN are refused: the conversion has no case for them.</summary>
internal sealed unsafe class F16Layout : FloatLayout
{
    public override string Name => "F16";

    public override int BlockBytes => PackedMatrix.GroupRows * sizeof(ushort);

    public override void Store(byte* group, int k, int lane, float value)
    {
        ((ushort*)group)[k * PackedMatrix.GroupRows + lane] = SmallFloats.FiniteF16(BitConverter.HalfToUInt16Bits((Half)value));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float* Panel(byte* group, int first, int count, float* scratch)
    {
        var source = (ushort*)group + first * PackedMatrix.GroupRows;
        for (var i = 0; i < count * PackedMatrix.GroupRows; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(source + i));
            SmallFloats.FromF16(low).Store(scratch + i);
            SmallFloats.FromF16(high).Store(scratch + i + Vector256<uint>.Count);
        }
        return scratch;
    }
}
