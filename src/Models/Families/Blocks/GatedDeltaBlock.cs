using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>Gated DeltaNet (arXiv 2412.06464) as in Qwen3-Next and Qwen3.5.</summary>
internal sealed record GatedDeltaBlock(int KeyHeads, int KeyDim, int Heads, int ValueDim, int Kernel, double NormEps)
{
    /// <summary>One matrix for q, k, v, z and one for b, a, rows by key head (Qwen3-Next); else four matrices.</summary>
    public bool Fused { get; init; }

    /// <summary>Value head h reads key head h mod KeyHeads (the order of GGUF files); else h / (Heads / KeyHeads).</summary>
    public bool Tiled { get; init; }

    public static GatedDeltaBlock From(ModelConfig c) =>
        new(c.Count("linear_num_key_heads"), c.Count("linear_key_head_dim"), c.Count("linear_num_value_heads"), c.Count("linear_value_head_dim"),
            c.Count("linear_conv_kernel_dim", min: 2), c.RmsNormEps)
        { Tiled = c.Flag("linear_value_heads_tiled", false) };

    public Value Build(Scope scope, Value x)
    {
        if (Heads % KeyHeads != 0)
            throw new GraphException($"{scope.Name("")}: {Heads} value heads for {KeyHeads} key heads.");
        var (keys, values) = (KeyHeads * KeyDim, Heads * ValueDim);
        var (qkv, z, b, a) = Fused ? ByKeyHead(scope, x) : (
            scope.Linear(x, "in_proj_qkv", 2 * keys + values),
            scope.Linear(x, "in_proj_z", values),
            scope.Linear(x, "in_proj_b", Heads, role: Role.Gate),
            scope.Linear(x, "in_proj_a", Heads, role: Role.Gate));

        var convolved = scope.Conv1d(qkv, "conv1d", Kernel, bias: false).Silu();
        var q = scope.L2Norm(convolved.Slice(0, keys), 1e-6, KeyDim) * Math.Pow(KeyDim, -0.5);
        var k = scope.L2Norm(convolved.Slice(keys, keys), 1e-6, KeyDim);
        var v = convolved.Slice(2 * keys, values);
        var logDecay = (a + scope.Param("dt_bias", [Heads])).Softplus() * scope.Param("A_log", [Heads], Form.NegExp);
        var y = scope.DeltaRule(q, k, v, b.Sigmoid(), logDecay, KeyHeads, Heads, Tiled);
        return scope.Linear(scope.HeadNorm(y, "norm", NormEps, ValueDim) * z.Silu(), "out_proj", x.Width);
    }

    private (Value Qkv, Value Z, Value B, Value A) ByKeyHead(Scope scope, Value x)
    {
        var (perKey, own) = (Heads / KeyHeads, Heads / KeyHeads * ValueDim);
        var qkvz = scope.Linear(x, "in_proj_qkvz", KeyHeads * (2 * KeyDim + 2 * own));
        var ba = scope.Linear(x, "in_proj_ba", 2 * Heads, role: Role.Gate);
        var qkv = qkvz.Slice(0, KeyDim, KeyHeads).Concat(qkvz.Slice(KeyDim, KeyDim, KeyHeads), qkvz.Slice(2 * KeyDim, own, KeyHeads));
        return (qkv, qkvz.Slice(2 * KeyDim + own, own, KeyHeads), ba.Slice(0, perKey, KeyHeads), ba.Slice(perKey, perKey, KeyHeads));
    }
}
