using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>OLMo 2: no norm before a branch but one after it; q and k normed over the whole projection. Source: transformers' modeling_olmo2.</summary>
internal static class Olmo2
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var bias = c.Flag("attention_bias", false);
        var attention = AttentionBlock.From(c) with
        {
            Bias = bias,
            OutBias = bias,
            QNorm = "q_norm",
            KNorm = "k_norm",
            NormWhole = true,
            Rope = Ropes.From(c),
        };
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu"));
        var x = g.Root.Embedding("model.embed_tokens", c.VocabSize, c.HiddenSize);
        foreach (var (layer, _) in g.Root.Layers("model.layers", c.NumHiddenLayers))
        {
            x += layer.RmsNorm(attention.Build(layer.In("self_attn"), x), "post_attention_layernorm", c.RmsNormEps);
            x += layer.RmsNorm(mlp.Build(layer.In("mlp"), x), "post_feedforward_layernorm", c.RmsNormEps);
        }
        new Head().Build(g, c, files, g.Root.RmsNorm(g.Root.OutputRows(x), "model.norm", c.RmsNormEps));
    }
}
