using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>
/// Rotates, per head, the dimensions [Start, Start + Dim) by position · InvFreq[i]. Pairs are (i, i + Dim/2), or (2i, 2i + 1) if
/// interleaved; (u, w) → (u·c − w·s, w·c + u·s), c and s multiplied by Factor. Scalings are computed when the graph is built.
/// </summary>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="Start">First rotated dimension.</param>
/// <param name="Dim">Number of rotated dimensions.</param>
/// <param name="InvFreq">[Dim / 2] radians per position.</param>
/// <param name="Factor">Attention factor on cos and sin.</param>
/// <param name="Interleaved">Neighbouring pairs.</param>
/// <param name="LongInvFreq">longrope: frequencies for all positions of a sequence whose RopeLength exceeds <paramref name="LongAfter"/>.</param>
/// <param name="LongAfter">Length after which the long frequencies hold.</param>
/// <param name="ByLength">dynamic: frequencies as a function of the sequence's length.</param>
public sealed record RopeSpec(
    int HeadDim, int Start, int Dim, double[] InvFreq, double Factor = 1, bool Interleaved = false,
    double[]? LongInvFreq = null, int LongAfter = int.MaxValue, Func<int, double[]>? ByLength = null)
{
    /// <summary>The frequencies that hold for all positions of a sequence of that RopeLength.</summary>
    public double[] FrequenciesFor(int ropeLength) =>
        ByLength is not null ? ByLength(ropeLength) : LongInvFreq is not null && ropeLength > LongAfter ? LongInvFreq : InvFreq;
}

/// <summary>Rotary embedding of [T, heads·HeadDim].</summary>
public sealed record Rope(RopeSpec Spec) : Op;

/// <summary>Causal: 0 ≤ i − j, and i − j &lt; window if set. Full: all keys of the segment, or |i − j| ≤ window.</summary>
public enum AttentionMask { Causal, Full }

/// <summary>T5's relative position buckets: table [Buckets, heads], see the graph reference for the bucket of key − query.</summary>
public sealed record RelativeBias(Weight Table, int Buckets, int MaxDistance, bool Bidirectional);

/// <summary>
/// q [T, Heads·DimK], k [T', KvHeads·DimK], v [T', KvHeads·DimV] → [T, Heads·DimV]. Query head h reads kv head h / (Heads / KvHeads).
/// s = (q·k)·Scale; Softcap: c·tanh(s / c); + bias; mask; softmax, in which a sink is one more logit without value; Σ p·v.
/// </summary>
/// <param name="Window">0 = none.</param>
/// <param name="Softcap">0 = none.</param>
/// <param name="Clip">p ← clamp((Zeta − Gamma)·p + Gamma, 0, 1) for visible keys; null = none.</param>
/// <param name="Sinks">[Heads] logits, or null; <paramref name="LiteralSink"/> 0 is softmax1.</param>
/// <param name="Kv">State the keys and values live in; null for encoders, whose segments are whole.</param>
public sealed record Attention(
    int Heads, int KvHeads, int DimK, int DimV, double Scale, AttentionMask Mask, int Window = 0, double Softcap = 0,
    (double Gamma, double Zeta)? Clip = null, Weight? Sinks = null, double? LiteralSink = null, RelativeBias? Bias = null, KvState? Kv = null) : Op
{
    public override IEnumerable<Weight> Weights => Some(Sinks, Bias?.Table);

    public override IEnumerable<LayerState> States => Kv is null ? [] : [Kv];
}

/// <summary>
/// Multi-head latent attention (DeepSeek). q [T, Heads·(Nope + RopeDim)], latent [T, Latent] (normed), ropeKey [T, RopeDim] (rotated) → [T, Heads·DimV].
/// KvB rows per head: Nope key rows Wk, then DimV value rows Wv; k_h = (Wk·latent, ropeKey), v_h = Wv·latent; causal softmax(q·k·Scale)·v.
/// The state holds latent | ropeKey only.
/// </summary>
public sealed record LatentAttention(int Heads, int Nope, int RopeDim, int DimV, int Latent, double Scale, Weight KvB, KvState Kv) : Op
{
    public override IEnumerable<Weight> Weights => [KvB];

    public override IEnumerable<LayerState> States => [Kv];
}
