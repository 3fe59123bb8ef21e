using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Qwen2, Qwen3 and Qwen3-MoE. Source: transformers' modeling_qwen2, modeling_qwen3, modeling_qwen3_moe.</summary>
internal static class Qwen
{
    /// <summary>Biases on q, k and v always, on o never; no key says so.</summary>
    public static void BuildQwen2(ModelGraph g, ModelConfig c, IWeightCatalog files) =>
        Build(g, c, files, AttentionBlock.From(c) with { Bias = true, Rope = Ropes.From(c) }, Dense(c));

    /// <summary>Norms of q and k by head; heads · head_dim need not be the hidden size.</summary>
    public static void BuildQwen3(ModelGraph g, ModelConfig c, IWeightCatalog files) => Build(g, c, files, Normed(c), Dense(c));

    /// <summary>Qwen3 with experts, dense in the layers of mlp_only_layers and off decoder_sparse_step.</summary>
    public static void BuildQwen3Moe(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var (dense, moe) = (Dense(c), Experts(c));
        Build(g, c, files, Normed(c), (layer, x, i) => IsDense(c, i) ? dense(layer, x, i) : moe(layer, x, i));
    }

    internal static bool IsDense(ModelConfig c, int layer) =>
        c.Numbers("mlp_only_layers")?.Contains(layer) == true || (layer + 1) % c.Count("decoder_sparse_step", 1) != 0;

    internal static Branch Dense(ModelConfig c)
    {
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu"));
        return (layer, x, _) => mlp.Build(layer.In("mlp"), x);
    }

    internal static Branch Experts(ModelConfig c)
    {
        var (count, chosen, hidden) = (c.Count("num_experts"), c.Count("num_experts_per_tok"), c.Width("moe_intermediate_size"));
        return (layer, x, _) =>
        {
            var scope = layer.In("mlp");
            var experts = MoeBlock.Split(scope, count, hidden, x.Width);
            return new MoeBlock(count, chosen, hidden, experts) { Normalise = c.Flag("norm_topk_prob", true) }.Build(scope, x);
        };
    }

    private static AttentionBlock Normed(ModelConfig c)
    {
        var bias = c.Flag("attention_bias", false);
        return AttentionBlock.From(c) with { Bias = bias, OutBias = bias, QNorm = "q_norm", KNorm = "k_norm", Rope = Ropes.From(c) };
    }

    private static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, AttentionBlock attention, Branch mlp)
    {
        var windows = c.Windows(i => c.Flag("use_sliding_window", false) && i >= c.Count("max_window_layers", 0, min: 0) ? "sliding_attention" : "full_attention");
        new DecoderStack((layer, x, i) => (attention with { Window = windows[i] }).Build(layer.In("self_attn"), x), mlp).Build(g, c, files);
    }
}
