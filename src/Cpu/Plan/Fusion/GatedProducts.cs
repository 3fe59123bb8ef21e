using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Mul of the results of two linears of one step: silu(gate) · up. Both compute the same columns, then multiply.</summary>
internal sealed class GatedProducts : FusionRule
{
    public override string Saves => "act(gate) · up in one step: both halves of the hidden row never travel through memory; a barrier.";

    public override void Apply(GroupList groups)
    {
        foreach (var group in groups.Items.OfType<ProductGroup>().ToArray())
        {
            foreach (var product in group.Products)
            {
                if (product.Partner is null && groups.OnlyUser(product.Result) is { Op: Mul } mul && Other(group, product, mul) is { } partner
                    && groups.TakeFromRows(mul))
                {
                    product.Epilogue.Add(mul);
                    product.Partner = partner;
                }
            }
        }
    }

    private static Product? Other(ProductGroup group, Product product, Value mul)
    {
        var other = mul.Inputs[0] == product.Result ? mul.Inputs[1] : mul.Inputs[0];
        return group.Products.Find(p => p != product && p.Result == other && p.Partner is null && other.Width == product.Result.Width);
    }
}
