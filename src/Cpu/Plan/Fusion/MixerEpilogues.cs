using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A convolution's activation is applied to its columns by the step that makes them.</summary>
internal sealed class MixerEpilogues : FusionRule
{
    public override string Saves => "Conv1d → Activation: applied to channels while hot; a pass over memory.";

    public override void Apply(GroupList groups)
    {
        foreach (var group in groups.Items.OfType<MixerGroup>().ToArray())
        {
            while (group.Node.Op is Conv1d && groups.OnlyUser(group.Result) is { Op: Activation or Scale or Clamp } node && groups.TakeFromRows(node))
                group.Epilogue.Add(node);
        }
    }
}
