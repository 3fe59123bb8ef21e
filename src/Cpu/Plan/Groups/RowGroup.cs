using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Something done to each row by itself.</summary>
internal abstract record RowWork
{
    public virtual Value? Node => null;

    public abstract IEnumerable<Operand> Reads { get; }

    public abstract IEnumerable<Operand> Writes { get; }
}

/// <summary>A node whose row depends on the same row of its inputs only (<see cref="OutputRows"/>: on one row of its input).</summary>
internal sealed record Compute(Value Value) : RowWork
{
    public override Value Node => Value;

    public override IEnumerable<Operand> Reads => Value.Inputs.Where(i => Operand.Root(i).Rows != Rows.One).Select(Operand.Of);

    public override IEnumerable<Operand> Writes => [new Operand(Value)];
}

/// <summary>Packs a row as the left operand of products.</summary>
internal sealed record PackRow(Value Value) : RowWork
{
    public override IEnumerable<Operand> Reads => [Operand.Of(Value)];

    public override IEnumerable<Operand> Writes => [new Operand(Value, OperandForm.Packed)];
}

/// <summary>Writes the key and value of a row to the cache of an attention node.</summary>
internal sealed record CacheRow(Value Attention) : RowWork
{
    public override IEnumerable<Operand> Reads => [Operand.Of(Attention.Inputs[1]), Operand.Of(Attention.Inputs[2])];

    public override IEnumerable<Operand> Writes => [new Operand(Attention, OperandForm.Cached)];
}

/// <summary>Work on rows, each row by itself, in order.</summary>
internal sealed class RowGroup(Rows rows, params RowWork[] works) : Group
{
    public List<RowWork> Works { get; } = [.. works];

    public override Rows Rows { get; } = rows;

    public override IEnumerable<Value> Nodes => Works.Select(w => w.Node).OfType<Value>();

    public override IEnumerable<Operand> Reads => Works.SelectMany(w => w.Reads);

    public override IEnumerable<Operand> Writes => Works.SelectMany(w => w.Writes);
}
