using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

public sealed partial class CpuPlan
{
    /// <summary>Steps, buffers, bytes moved.</summary>
    public PlanDescription Describe() => new([.. Groups.Select(Describe)], [.. buffers.All.OrderBy(b => b.Live.First).Select(Describe)], buffers.ArenaBytes);

    private PlanStep Describe(Group group)
    {
        var operands = group.Reads.Concat(group.Writes).Where(o => o.Form != OperandForm.Cached).Distinct();
        return new PlanStep(KindOf(group), ScopeOf(group), WorkOf(group), WeightBytes(group), operands.Sum(o => buffers[o].RowTraffic));
    }

    private static PlanMemory Describe(PlanBuffer buffer) =>
        new(buffer.Operand.ToString(), buffer.Placement.ToString(), buffer.Bytes, buffer.Live.First, buffer.Live.Last);

    private static string KindOf(Group group) => group switch { RowGroup => "Rows", ProductGroup => "Products", MixerGroup mixer => mixer.Node.Op.GetType().Name, _ => group.GetType().Name };

    private static string ScopeOf(Group group) => group switch
    {
        RowGroup { Works: [var first, ..] } => (first.Node ?? first.Writes.First().Value).Scope,
        _ => group.Nodes.First().Scope,
    };

    private static string WorkOf(Group group) => group switch
    {
        RowGroup rows => string.Join(' ', rows.Works.Select(w => w switch { Compute compute => NameOf(compute.Value), PackRow => "Pack", _ => "CacheWrite" })),
        ProductGroup products => string.Join(" | ", products.Products.Select(p => string.Join('·', p.Nodes.Select(NameOf)))),
        _ => string.Join('·', group.Nodes.Select(NameOf)),
    };

    private static string NameOf(Value node) => node.Op switch
    {
        Linear linear => linear.Matrix.Name.Split('.') is [.., var name, "weight"] ? name : linear.Matrix.Name,
        Activation activation => activation.Kind.ToString(),
        var op => op.GetType().Name,
    };

    private long WeightBytes(Group group) => group is ProductGroup products ? products.Products.Sum(p => Weights.Matrix(((Linear)p.Linear.Op).Matrix).Bytes) : 0;
}
