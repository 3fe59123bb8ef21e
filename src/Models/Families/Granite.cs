using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Granite 3 (Llama with four multipliers) and Granite 4 (Mamba-2 or attention by layer, experts beside a shared MLP).</summary>
internal static class Granite
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var attention = Attention(c) with { Rope = Ropes.From(c) };
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu")) { Bias = c.Flag("mlp_bias", false) };
        Scaled(c, (layer, x, _) => attention.Build(layer.In("self_attn"), x), (layer, x, _) => mlp.Build(layer.In("mlp"), x)).Build(g, c, files);
    }

    public static void BuildHybrid(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var kinds = c.LayerTypes(_ => "linear_attention");
        var attention = Attention(c) with { Rope = c.Text("position_embedding_type", "nope") == "rope" ? Ropes.From(c) : null };
        var mamba = new Mamba2Block(
            c.Count("mamba_n_heads"), c.Count("mamba_d_head"), c.Count("mamba_n_groups", 1), c.Count("mamba_d_state"), c.Count("mamba_d_conv", min: 2), c.RmsNormEps)
        {
            ConvBias = c.Flag("mamba_conv_bias", true),
            Bias = c.Flag("mamba_proj_bias", false),
            TimeStepLimit = Mamba2Block.LimitsOf(c),
        };
        Scaled(
            c,
            (layer, x, i) => kinds[i] switch
            {
                "linear_attention" => mamba.Build(layer.In("mamba"), x),
                "full_attention" => attention.Build(layer.In("self_attn"), x),
                _ => throw c.Error("layer_types", $"names '{kinds[i]}', which is not built"),
            },
            (layer, x, _) => Feed(layer, x, c)).Build(g, c, files);
    }

    /// <summary>Experts plus the shared MLP; without experts the shared MLP alone.</summary>
    private static Value Feed(Scope layer, Value x, ModelConfig c)
    {
        var shared = new FusedGatedMlp(c.Width("shared_intermediate_size"), Activations.From(c, fallback: "silu"), "input_linear", "output_linear");
        var count = c.Count("num_experts", 0, min: 0);
        if (count == 0)
            return shared.Build(layer.In("shared_mlp"), x);
        var (scope, hidden) = (layer.In("block_sparse_moe"), c.IntermediateSize);
        var experts = new FusedExperts(
            new Weight(scope.Name("input_linear.weight"), [count, 2 * hidden, x.Width], Form.Plain),
            new Weight(scope.Name("output_linear.weight"), [count, x.Width, hidden], Form.Plain));
        return new MoeBlock(count, c.Count("num_experts_per_tok"), hidden, experts) { Router = "router.layer" }.Build(scope, x)
            + shared.Build(layer.In("shared_mlp"), x);
    }

    private static AttentionBlock Attention(ModelConfig c)
    {
        var bias = c.Flag("attention_bias", false);
        return AttentionBlock.From(c) with { Scale = c.Number("attention_multiplier"), Bias = bias, OutBias = bias };
    }

    private static DecoderStack Scaled(ModelConfig c, Branch mixer, Branch mlp) => new(mixer, mlp)
    {
        EmbeddingScale = c.Number("embedding_multiplier", 1),
        ResidualScale = c.Number("residual_multiplier", 1),
        LogitScale = 1 / c.Number("logits_scaling", 1),
    };
}
