namespace Hone.Cpu.Plan;

/// <summary>One way to make fewer or cheaper steps. A rule regroups nodes and never changes what they compute, so it can be switched off.</summary>
internal abstract class FusionRule
{
    /// <summary>All rules in the order in which they are applied.</summary>
    public static IReadOnlyList<FusionRule> All { get; } =
        [new SharedInputs(), new ProductEpilogues(), new GatedProducts(), new MixerEpilogues(), new RowChains()];

    public string Name => GetType().Name;

    /// <summary>What it takes and what that saves, in a line.</summary>
    public abstract string Saves { get; }

    public abstract void Apply(GroupList groups);
}
