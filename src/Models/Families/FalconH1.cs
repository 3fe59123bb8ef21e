using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Falcon-H1: Mamba-2 and attention side by side on one norm, with multipliers on nearly everything. Source: transformers' modeling_falcon_h1.</summary>
internal static class FalconH1
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        if (!c.Flag("mamba_rms_norm", true))
            throw c.Error("mamba_rms_norm", "is false, which is not built");
        double Factor(string key) => c.Number(key, 1);
        var bias = c.Flag("attention_bias", false);
        var attention = AttentionBlock.From(c) with { Bias = bias, OutBias = bias, KeyScale = Factor("key_multiplier"), Rope = Ropes.From(c) };
        var (heads, headDim) = (c.Count("mamba_n_heads"), c.Count("mamba_d_head"));
        if (c.Width("mamba_d_ssm", heads * headDim) != heads * headDim)
            throw c.Error("mamba_d_ssm", $"is not {heads} heads of {headDim}");
        var mamba = new Mamba2Block(heads, headDim, c.Count("mamba_n_groups", 1), c.Count("mamba_d_state"), c.Count("mamba_d_conv", min: 2), c.RmsNormEps)
        {
            ConvBias = c.Flag("mamba_conv_bias", true),
            Bias = c.Flag("mamba_proj_bias", false),
            TimeStepLimit = Mamba2Block.LimitsOf(c),
            SectionScales = Multipliers(c, "ssm_multipliers", 5),
        };
        var factors = Multipliers(c, "mlp_multipliers", 2);
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu")) { Bias = c.Flag("mlp_bias", false), GateScale = factors[0] };
        new DecoderStack(
            (layer, x, _) =>
                mamba.Build(layer.In("mamba"), x * Factor("ssm_in_multiplier")) * Factor("ssm_out_multiplier")
                + attention.Build(layer.In("self_attn"), x * Factor("attention_in_multiplier")) * Factor("attention_out_multiplier"),
            (layer, x, _) => mlp.Build(layer.In("feed_forward"), x) * factors[1])
        {
            MlpNorm = "pre_ff_layernorm",
            FinalNorm = "model.final_layernorm",
            EmbeddingScale = Factor("embedding_multiplier"),
            LogitScale = Factor("lm_head_multiplier"),
        }.Build(g, c, files);
    }

    private static double[] Multipliers(ModelConfig c, string key, int count)
    {
        var values = c.Numbers(key) ?? [.. Enumerable.Repeat(1.0, count)];
        return values.Length == count && values.All(double.IsFinite) ? values : throw c.Error(key, $"must hold {count} numbers");
    }
}
