using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Columns of each group of a row side by side (a slice of one group is a view and needs no work).</summary>
internal sealed unsafe class SliceOp(Slice slice, View x, View result) : RowOp
{
    private readonly int group = x.Width / slice.Groups;

    public override void Run(Forward forward, int row, int worker)
    {
        var source = x.Row(row, worker) + slice.Offset;
        var target = result.Row(row, worker);
        for (var g = 0; g < slice.Groups; g++, source += group, target += slice.Width)
            new ReadOnlySpan<float>(source, slice.Width).CopyTo(new Span<float>(target, slice.Width));
    }
}

/// <summary>Columns of all parts side by side; of one part a copy.</summary>
internal sealed unsafe class ConcatOp(View[] parts, View result) : RowOp
{
    public override void Run(Forward forward, int row, int worker)
    {
        var target = result.Row(row, worker);
        foreach (var part in parts)
        {
            new ReadOnlySpan<float>(part.Row(row, worker), part.Width).CopyTo(new Span<float>(target, part.Width));
            target += part.Width;
        }
    }
}

/// <summary>Sums of groups of a row, or of its groups with each other, ascending.</summary>
internal sealed unsafe class SumOp(Sum sum, View x, View result) : RowOp
{
    public override void Run(Forward forward, int row, int worker)
    {
        var source = x.Row(row, worker);
        var target = result.Row(row, worker);
        new Span<float>(target, result.Width).Clear();
        var size = x.Width / sum.Groups;
        for (var g = 0; g < sum.Groups; g++)
        {
            for (var i = 0; i < size; i++)
                target[sum.Axis == SumAxis.Within ? g : i] += source[g * size + i];
        }
    }
}

/// <summary>The token's row of an output row.</summary>
internal sealed unsafe class OutputRowOp(View x, View result) : RowOp
{
    public override void Run(Forward forward, int row, int worker) =>
        new ReadOnlySpan<float>(x.Row(forward.OutputTokens[row], worker), x.Width).CopyTo(new Span<float>(result.Row(row, worker), x.Width));
}
