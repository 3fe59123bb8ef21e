using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>
/// Gemma 2 and 3 (text): embedding · sqrt(hidden), zero-centred norms before and after each branch. Gemma 2 caps scores and logits;
/// Gemma 3 norms q and k and has one rotation for sliding and one for full layers. Source: transformers' modeling_gemma2, modeling_gemma3.
/// </summary>
internal static class Gemma
{
    public static void BuildGemma2(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var windows = c.Windows(i => i % 2 == 0 ? "sliding_attention" : "full_attention");
        var attention = Attention(c) with { Softcap = c.Number("attn_logit_softcapping", 0), Rope = Ropes.From(c) };
        Build(g, c, files, i => attention with { Window = windows[i] });
    }

    public static void BuildGemma3(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var pattern = c.Count("sliding_window_pattern", c.Count("_sliding_window_pattern", 6));
        string KindOf(int layer) => (layer + 1) % pattern == 0 ? "full_attention" : "sliding_attention";
        var (kinds, windows) = (c.LayerTypes(KindOf), c.Windows(KindOf));
        var attention = Attention(c) with { QNorm = "q_norm", KNorm = "k_norm", NormOnePlus = true };
        var ropes = kinds.Distinct().ToDictionary(kind => kind, kind => Ropes.From(c, layerType: kind));
        Build(g, c, files, i => attention with { Window = windows[i], Rope = ropes[kinds[i]] });
    }

    private static AttentionBlock Attention(ModelConfig c)
    {
        var bias = c.Flag("attention_bias", false);
        return AttentionBlock.From(c) with { Scale = Math.Pow(c.Number("query_pre_attn_scalar", 256), -0.5), Bias = bias, OutBias = bias };
    }

    private static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, Func<int, AttentionBlock> attention)
    {
        var eps = c.RmsNormEps;
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, "hidden_activation", "gelu_pytorch_tanh"));
        var x = g.Root.Embedding("model.embed_tokens", c.VocabSize, c.HiddenSize) * Math.Sqrt(c.HiddenSize);
        foreach (var (layer, i) in g.Root.Layers("model.layers", c.NumHiddenLayers))
        {
            Value Norm(Value v, string name) => layer.RmsNorm(v, name, eps, onePlus: true);
            x += Norm(attention(i).Build(layer.In("self_attn"), Norm(x, "input_layernorm")), "post_attention_layernorm");
            x += Norm(mlp.Build(layer.In("mlp"), Norm(x, "pre_feedforward_layernorm")), "post_feedforward_layernorm");
        }
        var hidden = g.Root.RmsNorm(g.Root.OutputRows(x), "model.norm", eps, onePlus: true);
        new Head { Softcap = c.Number("final_logit_softcapping", 0) }.Build(g, c, files, hidden);
    }
}
