using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>LFM2: gated short convolutions, some layers attention. Source: transformers' modeling_lfm2.</summary>
internal static class Lfm2
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var full = c.Numbers("full_attn_idxs") ?? [];
        var kinds = c.LayerTypes(i => full.Contains(i) ? "full_attention" : "conv");
        var attention = AttentionBlock.From(c) with
        {
            Out = "out_proj",
            QNorm = "q_layernorm",
            KNorm = "k_layernorm",
            NormEps = c.Number("norm_eps", 1e-5),
            Rope = Ropes.From(c),
        };
        var (taps, bias) = (c.Count("conv_L_cache", min: 2), c.Flag("conv_bias", false));
        var mlp = new GatedMlp(FeedForwardWidth(c)) { Gate = "w1", Up = "w3", Down = "w2" };
        new DecoderStack(
            (layer, x, i) => kinds[i] switch
            {
                "conv" => Convolution(layer.In("conv"), x, taps, bias),
                "full_attention" => attention.Build(layer.In("self_attn"), x),
                _ => throw c.Error("layer_types", $"names '{kinds[i]}', which is not built"),
            },
            (layer, x, _) => mlp.Build(layer.In("feed_forward"), x))
        {
            MixerNorm = "operator_norm",
            MlpNorm = "ffn_norm",
            FinalNorm = "model.embedding_norm",
            EpsKey = "norm_eps",
        }.Build(g, c, files);
    }

    /// <summary>in_proj = B | C | x; out_proj(C · conv(B · x)).</summary>
    private static Value Convolution(Scope scope, Value x, int taps, bool bias)
    {
        var w = x.Width;
        var projected = scope.Linear(x, "in_proj", 3 * w, bias);
        var mixed = scope.Conv1d(projected.Slice(0, w) * projected.Slice(2 * w, w), "conv", taps, bias);
        return scope.Linear(projected.Slice(w, w) * mixed, "out_proj", w, bias);
    }

    private static int FeedForwardWidth(ModelConfig c)
    {
        if (!c.Flag("block_auto_adjust_ff_dim", false))
            return c.IntermediateSize;
        var scaled = Math.Clamp(c.Number("block_ffn_dim_multiplier", 1) * (2 * c.IntermediateSize / 3), 1, ConfigObject.MaxWidth);
        var multiple = c.Count("block_multiple_of", 256);
        return ((int)scaled + multiple - 1) / multiple * multiple;
    }
}
