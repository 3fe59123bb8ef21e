using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>ModernBERT: norms before the branches (none before the first attention), local and global layers. Source: transformers' modeling_modernbert.</summary>
internal static class ModernBert
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog _)
    {
        foreach (var key in (string[])["attention_bias", "mlp_bias", "norm_bias"])
        {
            if (c.Flag(key, false))
                throw c.Error(key, "is true, which is not built");
        }
        var (eps, heads, headDim) = (c.Number("norm_eps", 1e-5), c.NumAttentionHeads, c.HiddenSize / c.NumAttentionHeads);
        var every = c.Count("global_attn_every_n_layers", 3);
        var kinds = c.LayerTypes(i => i % every == 0 ? "full_attention" : "sliding_attention");
        var reach = c.Width("local_attention", 128) / 2; // to both sides
        var ropes = kinds.Distinct().ToDictionary(kind => kind, kind => Ropes.From(c, headDim, kind));
        var attention = new AttentionBlock(heads, heads, headDim, Math.Pow(headDim, -0.5)) { Fused = "Wqkv", Out = "Wo", Mask = AttentionMask.Full };
        var mlp = new FusedGatedMlp(c.IntermediateSize, Activations.From(c, fallback: "gelu"), "Wi", "Wo");

        var words = g.Root.In("embeddings");
        var x = words.LayerNorm(words.Embedding("tok_embeddings", c.VocabSize, c.HiddenSize), "norm", eps, bias: false);
        foreach (var (layer, i) in g.Root.Layers("layers", c.NumHiddenLayers))
        {
            var local = kinds[i] == "sliding_attention";
            var normed = i == 0 ? x : layer.LayerNorm(x, "attn_norm", eps, bias: false);
            x += (attention with { Rope = ropes[kinds[i]], Window = local ? reach : 0 }).Build(layer.In("attn"), normed);
            x += mlp.Build(layer.In("mlp"), layer.LayerNorm(x, "mlp_norm", eps, bias: false));
        }
        Encoders.Outputs(g, g.Root.LayerNorm(x, "final_norm", eps, bias: false));
        g.Prefixes.Add(("", "model."));
        g.Ignored.AddRange(["head.*", "decoder.*", "classifier.*"]); // heads for other tasks
    }
}
