namespace Hone.Cpu.Packing.Layouts;

/// <summary>f32, which is the panel itself.</summary>
internal sealed unsafe class F32Layout : FloatLayout
{
    public override string Name => "F32";

    public override int BlockBytes => PackedMatrix.GroupRows * sizeof(float);

    public override void Store(byte* group, int k, int lane, float value) => ((float*)group)[k * PackedMatrix.GroupRows + lane] = value;

    public override float* Panel(byte* group, int first, int count, float* scratch) => (float*)group + first * PackedMatrix.GroupRows;
}
