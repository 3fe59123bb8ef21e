using Hone.Cpu.Kernels;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Norm of each group of channels of a row.</summary>
internal sealed unsafe class NormOp(Norm norm, View x, View? gain, View? bias, View result) : RowOp
{
    public override void Run(Forward forward, int row, int worker)
    {
        var source = x.Row(row, worker);
        var target = result.Row(row, worker);
        for (var from = 0; from < x.Width; from += norm.Group)
            Norms.Apply(norm.Kind, source + from, target + from, norm.Group, norm.Eps, norm.Floor, Part(gain, from), Part(bias, from));
    }

    /// <summary>A gain of the group's length holds for all groups, one of the row's width does not.</summary>
    private float* Part(View? parameter, int from)
    {
        if (parameter is not { } view)
            return null;
        return view.Row(0, 0) + (view.Width == norm.Group ? 0 : from);
    }
}

/// <summary>Rotates the heads of a row by the angles of its position.</summary>
internal sealed unsafe class RopeOp(RopeSpec spec, RopeTable table, View x, View result) : RowOp
{
    private readonly int heads = x.Width / spec.HeadDim;

    public override void Run(Forward forward, int row, int worker) =>
        Ropes.Apply(
            x.Row(row, worker), result.Row(row, worker), heads, spec.HeadDim, spec.Start, spec.Dim / 2, spec.Interleaved, table.Cos(row), table.Sin(row));
}
