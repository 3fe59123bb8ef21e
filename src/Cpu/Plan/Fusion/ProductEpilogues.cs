using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Element functions of a linear's result alone or with an older value: activations, scales, the residual's Add.</summary>
internal sealed class ProductEpilogues : FusionRule
{
    public override string Saves => "Linear → Scale, Activation, Clamp, Add, Mul: applied to columns while hot; a pass over memory and a barrier each.";

    public override void Apply(GroupList groups)
    {
        foreach (var group in groups.Items.OfType<ProductGroup>().ToArray())
        {
            foreach (var product in group.Products)
            {
                while (Next(groups, group, product.Result) is { } node && groups.TakeFromRows(node))
                    product.Epilogue.Add(node);
            }
        }
    }

    /// <summary>The only user of a result, if it works column by column and its other operand is older than the step.</summary>
    internal static Value? Next(GroupList groups, Group group, Value result)
    {
        if (groups.OnlyUser(result) is not { } user || user.Rows != result.Rows || user.Width != result.Width)
            return null;
        var fits = user.Op switch
        {
            Scale or Activation or Clamp => true,
            Add or Mul when user.Inputs[0] == result => groups.IsReadyBefore(groups.Items.IndexOf(group), user.Inputs[1]),
            Add or Mul => groups.IsReadyBefore(groups.Items.IndexOf(group), user.Inputs[0]),
            _ => false,
        };
        return fits ? user : null;
    }
}
