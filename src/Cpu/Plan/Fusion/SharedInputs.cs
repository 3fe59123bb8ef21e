namespace Hone.Cpu.Plan;

/// <summary>Linears of one input (q, k, v; gate, up; in_proj_*) become one step.</summary>
internal sealed class SharedInputs : FusionRule
{
    public override string Saves => "Linears of one input → one step: a barrier each; their columns balance the threads together.";

    public override void Apply(GroupList groups)
    {
        var first = new Dictionary<Models.Graph.Value, ProductGroup>();
        foreach (var group in groups.Items.OfType<ProductGroup>().ToArray())
        {
            if (first.TryAdd(group.Input, group))
                continue;
            first[group.Input].Products.AddRange(group.Products);
            groups.Items.Remove(group);
        }
    }
}
