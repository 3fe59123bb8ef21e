namespace Hone.Cpu.Plan;

/// <summary>One node's work on one row, with the addresses of its operands.</summary>
internal abstract unsafe class RowOp
{
    public abstract void Run(Forward forward, int row, int worker);
}

/// <summary>Work whose column i needs columns i of its operands only, so it can follow a product or a mixer on a range of columns.</summary>
internal abstract unsafe class ElementOp(View result) : RowOp
{
    protected View Result { get; } = result;

    /// <summary>Columns from … from + count of the row.</summary>
    public abstract void Run(Forward forward, int row, int worker, int from, int count);

    public sealed override void Run(Forward forward, int row, int worker) => Run(forward, row, worker, 0, Result.Width);
}
