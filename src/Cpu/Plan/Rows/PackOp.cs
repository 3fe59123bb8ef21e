using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Plan;

/// <summary>Quantizes a row as the left operand of products.</summary>
internal sealed unsafe class PackOp(View x, PlanBuffer packed) : RowOp
{
    public override void Run(Forward forward, int row, int worker) => Quantizer.Row(x.Row(row, worker), x.Width, packed.At(0, 0), row);
}
