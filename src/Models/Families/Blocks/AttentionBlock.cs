using Hone.Models.Config;
using Hone.Models.Graph;
using Hone.Models.State;

namespace Hone.Models.Families.Blocks;

/// <summary>How one matrix holds q, k and v.</summary>
internal enum FusedOrder
{
    /// <summary>Rows of all q, then k, then v.</summary>
    Parts,

    /// <summary>Rows q, k, v of head 0, then of head 1 … (gpt_neox).</summary>
    Heads,
}

/// <summary>Projections, norms, rotation, attention, output projection: softmax attention of every family.</summary>
internal sealed record AttentionBlock(int Heads, int KvHeads, int HeadDim, double Scale)
{
    public string Q { get; init; } = "q_proj";

    public string K { get; init; } = "k_proj";

    public string V { get; init; } = "v_proj";

    public string Out { get; init; } = "o_proj";

    /// <summary>Name of the one matrix of q, k and v, if they are fused.</summary>
    public string? Fused { get; init; }

    public FusedOrder Order { get; init; }

    public bool Bias { get; init; }

    public bool OutBias { get; init; }

    /// <summary>Matrices stored [in, out] (gpt2).</summary>
    public bool Transposed { get; init; }

    /// <summary>RMS norms of q and k before the rotation: over each head, or over the whole projection.</summary>
    public string? QNorm { get; init; }

    public string? KNorm { get; init; }

    public bool NormWhole { get; init; }

    public bool NormOnePlus { get; init; }

    public double NormEps { get; init; }

    /// <summary>q_proj gives q | gate for each head; the output is multiplied by sigmoid(gate).</summary>
    public bool Gated { get; init; }

    /// <summary>Factor on k (falcon_h1).</summary>
    public double KeyScale { get; init; } = 1;

    public RopeSpec? Rope { get; init; }

    public AttentionMask Mask { get; init; } = AttentionMask.Causal;

    public int Window { get; init; }

    public double Softcap { get; init; }

    /// <summary>A learned logit per head, stored as <c>sinks</c>.</summary>
    public bool Sinks { get; init; }

    public RelativeBias? RelativeBias { get; init; }

    /// <summary>The usual decoder's attention: grouped heads, scale head_dim^−½, the model's norm epsilon.</summary>
    public static AttentionBlock From(ModelConfig c) =>
        new(c.NumAttentionHeads, c.NumKeyValueHeads, c.HeadDim, Math.Pow(c.HeadDim, -0.5)) { NormEps = c.RmsNormEps };

    /// <param name="memory">Rows that k and v are computed from, if not x: cross-attention.</param>
    public Value Build(Scope scope, Value x, Value? memory = null)
    {
        var (q, k, v) = Fused is null ? Separate(scope, x, memory ?? x) : Together(scope, x, Fused);
        var gate = Gated ? q.Slice(HeadDim, HeadDim, Heads).Sigmoid() : null;
        if (Gated)
            q = q.Slice(0, HeadDim, Heads);
        q = Normed(scope, q, QNorm);
        k = Normed(scope, k * KeyScale, KNorm);
        if (Rope is not null)
            (q, k) = (scope.Rope(q, Rope), scope.Rope(k, Rope));

        var cross = memory is not null;
        var kv = cross || Mask == AttentionMask.Causal
            ? new KvState(scope.Name(cross ? "cross" : "kv"), KvHeads, HeadDim, HeadDim, Window, cross)
            : null; // full attention over own rows: the segment is whole
        var sinks = Sinks ? new Weight(scope.Name("sinks"), [Heads], Form.Plain) : null;
        var mixed = scope.Attention(
            q, k, v, new Attention(Heads, KvHeads, HeadDim, HeadDim, Scale, Mask, Window, Softcap, Sinks: sinks, Bias: RelativeBias, Kv: kv));
        return scope.Linear(gate is null ? mixed : mixed * gate, Out, x.Width, OutBias, Transposed);
    }

    private (Value Q, Value K, Value V) Separate(Scope scope, Value x, Value memory) => (
        scope.Linear(x, Q, Heads * HeadDim * (Gated ? 2 : 1), Bias, Transposed),
        scope.Linear(memory, K, KvHeads * HeadDim, Bias, Transposed),
        scope.Linear(memory, V, KvHeads * HeadDim, Bias, Transposed));

    private (Value Q, Value K, Value V) Together(Scope scope, Value x, string name)
    {
        var (queries, keys) = (Heads * HeadDim, KvHeads * HeadDim);
        var qkv = scope.Linear(x, name, queries + 2 * keys, Bias, Transposed);
        return Order == FusedOrder.Parts
            ? (qkv.Slice(0, queries), qkv.Slice(queries, keys), qkv.Slice(queries + keys, keys))
            : (qkv.Slice(0, HeadDim, Heads), qkv.Slice(HeadDim, HeadDim, Heads), qkv.Slice(2 * HeadDim, HeadDim, Heads));
    }

    private Value Normed(Scope scope, Value x, string? name) =>
        name is null ? x : scope.HeadNorm(x, name, NormEps, NormWhole ? x.Width : HeadDim, NormOnePlus);
}
