using System.Text;

namespace Hone.Cpu.Plan;

/// <summary>A step as <c>hone inspect --plan</c> shows it.</summary>
/// <param name="Kind">Rows, Products, or the mixing operation.</param>
/// <param name="Scope">Where in the model its first node stands.</param>
/// <param name="Work">Its nodes in order, e.g. <c>Norm Pack</c>, <c>Linear·Activation·Mul</c>.</param>
/// <param name="WeightBytes">Bytes of packed weights that it reads once a forward.</param>
/// <param name="RowBytes">Bytes of operands that it reads and writes for each row, apart from keys, values and states.</param>
public sealed record PlanStep(string Kind, string Scope, string Work, long WeightBytes, long RowBytes);

/// <summary>A buffer: the operand that lives in it, its bytes, and the first and last step of its life.</summary>
public sealed record PlanMemory(string Operand, string Placement, long Bytes, int First, int Last);

/// <summary>What a plan does and what it holds.</summary>
/// <param name="ArenaBytes">Bytes that the buffers share; less than their sum, since buffers whose lives do not meet share their place.</param>
public sealed record PlanDescription(IReadOnlyList<PlanStep> Steps, IReadOnlyList<PlanMemory> Buffers, long ArenaBytes)
{
    public long WeightBytes => Steps.Sum(s => s.WeightBytes);

    public long RowBytes => Steps.Sum(s => s.RowBytes);

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Steps.Count; i++)
            text.Append($"{i,4}  {Steps[i].Kind,-10} {Steps[i].WeightBytes,12:n0} B {Steps[i].RowBytes,9:n0} B/row  {Steps[i].Scope}: {Steps[i].Work}\n");
        text.Append($"{Steps.Count} steps read {WeightBytes:n0} bytes of weights a forward and move {RowBytes:n0} bytes of operands a row.\n");
        foreach (var buffer in Buffers)
            text.Append($"{buffer.Operand,8}  {buffer.Placement,-8} {buffer.Bytes,12:n0} B  steps {buffer.First} … {buffer.Last}\n");
        text.Append($"{Buffers.Count} buffers of {Buffers.Sum(b => b.Bytes):n0} bytes share {ArenaBytes:n0}.\n");
        return text.ToString();
    }
}
