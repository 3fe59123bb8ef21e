namespace Hone.Models.Graph;

public enum RouterScore { Softmax, Sigmoid }

/// <summary>
/// logits [T, E] → weights [T, E], 0 where not chosen. p = score over all experts; choice by p + bias (ties: lower index), with groups &gt; 1 only in
/// the TopGroups groups with the largest sum of their two best. Weight = p without bias, / Σ chosen if Normalise, · Scale.
/// </summary>
public sealed record Route(int TopK, RouterScore Score, bool Normalise, double Scale, int Groups, int TopGroups, Weight? CorrectionBias) : Op
{
    public override IEnumerable<Weight> Weights => Some(CorrectionBias);
}

public enum ExpertGate
{
    /// <summary>silu(g)·u.</summary>
    Silu,

    /// <summary>gpt_oss: g = min(g, limit), u = clamp(u, ±limit), (u + 1)·g·sigmoid(alpha·g).</summary>
    Clamped,
}

/// <summary>How a checkpoint stores experts; the canonical form is gate, up [E, hidden, w] and down [E, w, hidden].</summary>
public abstract record ExpertWeights
{
    public abstract IEnumerable<Weight> Weights { get; }
}

/// <summary>One matrix per expert and part; biases [hidden], [hidden], [w] per expert, or none.</summary>
public sealed record SplitExperts(Weight[] Gate, Weight[] Up, Weight[] Down) : ExpertWeights
{
    public Weight[] GateBias { get; init; } = [];

    public Weight[] UpBias { get; init; } = [];

    public Weight[] DownBias { get; init; } = [];

    public override IEnumerable<Weight> Weights => [.. Gate, .. Up, .. Down, .. GateBias, .. UpBias, .. DownBias];
}

/// <summary>GateUp [E, 2·hidden, w]: gate rows, then up rows; Down [E, w, hidden] (granitemoehybrid).</summary>
public sealed record FusedExperts(Weight GateUp, Weight Down) : ExpertWeights
{
    public override IEnumerable<Weight> Weights => [GateUp, Down];
}

/// <summary>GateUp [E, w, 2·hidden]: even column gate, odd up; Down [E, hidden, w]; biases [E, 2·hidden], [E, w] (gpt_oss).</summary>
public sealed record InterleavedExperts(Weight GateUp, Weight GateUpBias, Weight Down, Weight DownBias) : ExpertWeights
{
    public override IEnumerable<Weight> Weights => [GateUp, GateUpBias, Down, DownBias];
}

/// <summary>x [T, w], weights [T, E] → Σ over chosen experts, in ascending number, of weight·(down(act(gate x)·up x) + bias).</summary>
public sealed record Experts(int Count, int Hidden, ExpertGate Gate, double Limit, double Alpha, ExpertWeights Stored) : Op
{
    public override IEnumerable<Weight> Weights => Stored.Weights;
}
