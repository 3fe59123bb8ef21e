using Hone.Cpu.Kernels;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>a ∘ b, where b's width may divide a's.</summary>
internal sealed unsafe class BinaryOp<TOp>(View a, View b, View result) : ElementOp(result) where TOp : struct, IBinary
{
    private readonly int ratio = a.Width / b.Width;

    public override void Run(Forward forward, int row, int worker, int from, int count)
    {
        var x = a.Row(row, worker);
        var y = b.Row(row, worker);
        var z = Result.Row(row, worker);
        if (ratio == 1)
            Elements.Map<TOp>(x + from, y + from, z + from, count);
        else
            Elements.MapBroadcast<TOp>(x, y, z, ratio, from, count);
    }
}

/// <summary>a + (b − a)·t.</summary>
internal sealed unsafe class LerpOp(View a, View b, View t, View result) : ElementOp(result)
{
    public override void Run(Forward forward, int row, int worker, int from, int count)
    {
        var x = a.Row(row, worker);
        var y = b.Row(row, worker);
        var z = t.Row(row, worker);
        var r = Result.Row(row, worker);
        Elements.Map<Minus>(y + from, x + from, r + from, count);
        Elements.Map<Times>(r + from, z + from, r + from, count);
        Elements.Map<Plus>(x + from, r + from, r + from, count);
    }
}

internal sealed unsafe class ActivationOp(Act kind, View x, View result) : ElementOp(result)
{
    public override void Run(Forward forward, int row, int worker, int from, int count) =>
        ActivationFunctions.Apply(kind, x.Row(row, worker) + from, Result.Row(row, worker) + from, count);
}

internal sealed unsafe class ClampOp(Clamp clamp, View x, View result) : ElementOp(result)
{
    public override void Run(Forward forward, int row, int worker, int from, int count)
    {
        var a = x.Row(row, worker) + from;
        var y = Result.Row(row, worker) + from;
        Elements.MapScalar<Larger>(a, (float)clamp.Min, y, count);
        Elements.MapScalar<Smaller>(y, (float)clamp.Max, y, count);
    }
}

/// <summary>Sections of a row times their factors.</summary>
internal sealed unsafe class ScaleOp(Scale scale, View x, View result) : ElementOp(result)
{
    public override void Run(Forward forward, int row, int worker, int from, int count)
    {
        var a = x.Row(row, worker);
        var y = Result.Row(row, worker);
        var start = 0;
        foreach (var (factor, width) in scale.Sections)
        {
            var (first, end) = (Math.Max(from, start), Math.Min(from + count, start + width));
            if (first < end)
                Elements.MapScalar<Times>(a + first, (float)factor, y + first, end - first);
            start += width;
        }
    }
}
