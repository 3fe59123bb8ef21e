using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A chain of row operations, a few rows at a time.</summary>
internal sealed class RowStep(Rows rows, RowOp[] ops) : Step
{
    /// <summary>Rows of an item: those that share a block of packed activations.</summary>
    private const int RowsPerItem = Kernels.Quantize.Quads.Rows;

    public override int Items(Forward forward) => (Count(forward) + RowsPerItem - 1) / RowsPerItem;

    public override bool IsSmall(Forward forward) => Count(forward) <= RowsPerItem;

    public override void Run(Forward forward, int item, int worker)
    {
        var end = Math.Min(Count(forward), (item + 1) * RowsPerItem);
        for (var row = item * RowsPerItem; row < end; row++)
        {
            foreach (var op in ops)
                op.Run(forward, row, worker);
        }
    }

    private int Count(Forward forward) => rows == Rows.Output ? forward.Outputs : forward.Tokens;
}
