using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Nodes that one step computes. Lowering gives every node a group of its own; fusion rules merge them.</summary>
internal abstract class Group
{
    /// <summary>Rows that the step runs over.</summary>
    public abstract Rows Rows { get; }

    /// <summary>The nodes that this step computes, in order.</summary>
    public abstract IEnumerable<Value> Nodes { get; }

    /// <summary>All it touches, its own results included.</summary>
    public abstract IEnumerable<Operand> Reads { get; }

    public abstract IEnumerable<Operand> Writes { get; }

    /// <summary>Parameters are there from the start; everything else that a node takes in is an operand.</summary>
    protected static IEnumerable<Operand> Inputs(Value node) =>
        node.Inputs.Where(input => Operand.Root(input).Rows != Rows.One).Select(Operand.Of);
}
