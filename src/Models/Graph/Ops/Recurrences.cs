using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>Causal depthwise convolution y_t = b + Σ_j weight[:, j]·x_{t − kernel + 1 + j}, weight [w, 1, kernel]; no activation inside.</summary>
public sealed record Conv1d(int Kernel, Weight Taps, Weight? Bias, ConvState State) : Op
{
    public override IEnumerable<Weight> Weights => Some(Taps, Bias);

    public override IEnumerable<LayerState> States => [State];
}

/// <summary>y_t = x_{t − 1}, zero before the start.</summary>
public sealed record Previous(ConvState State) : Op
{
    public override IEnumerable<LayerState> States => [State];
}

/// <summary>
/// q, k [T, KeyHeads·dk], v [T, Heads·dv], logDecay [T or One, Heads (or Heads·dk)] → [T, Heads·dv].
/// Head h reads key head h / (Heads / KeyHeads). S ← e^logDecay·S + k⊗v, then y = Sᵀq. State [Heads, dk, dv].
/// </summary>
public sealed record LinearAttention(int KeyHeads, int Heads, RecurrentState State) : Op
{
    public override IEnumerable<LayerState> States => [State];
}

/// <summary>
/// q, k, v, beta [T, Heads], optional logDecay. S ← e^logDecay·S; S ← S + k⊗(beta·(v − Sᵀk)); y = Sᵀq.
/// Key head h / (Heads / KeyHeads), or h mod KeyHeads if <paramref name="Tiled"/> (GGUF's order of value heads). State [Heads, dk, dv].
/// </summary>
public sealed record DeltaRule(int KeyHeads, int Heads, bool Tiled, RecurrentState State) : Op
{
    public override IEnumerable<LayerState> States => [State];
}

/// <summary>r, logDecay, k, v, a, b [T, w]. S ← S·diag(e^logDecay) + (S·a)⊗b + v⊗k with the old S on the right; y = S·r. State [Heads, dv, dk].</summary>
public sealed record Wkv7(int Heads, RecurrentState State) : Op
{
    public override IEnumerable<LayerState> States => [State];
}

/// <summary>RWKV-4's recurrence per channel over k, v [T, w]; state rows num, den, max [3, w], starting at 0, 0, −1e38.</summary>
public sealed record Wkv4(Weight TimeDecay, Weight TimeFirst, RecurrentState State) : Op
{
    public override IEnumerable<Weight> Weights => [TimeDecay, TimeFirst];

    public override IEnumerable<LayerState> States => [State];
}
