using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>GPT-NeoX, Pythia: q, k, v fused by head, partial rotation, attention and MLP side by side. Source: transformers' modeling_gpt_neox.</summary>
internal static class GptNeoX
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var bias = c.Flag("attention_bias", true);
        var attention = new AttentionBlock(c.NumAttentionHeads, c.NumAttentionHeads, c.HeadDim, Math.Pow(c.HeadDim, -0.5))
        {
            Fused = "query_key_value",
            Order = FusedOrder.Heads,
            Out = "dense",
            Bias = bias,
            OutBias = bias,
            Rope = Ropes.From(c),
        };
        var mlp = new Mlp(c.IntermediateSize, Activations.From(c, fallback: "gelu"), "dense_h_to_4h", "dense_4h_to_h");
        var eps = c.Number("layer_norm_eps", 1e-5);
        var parallel = c.Flag("use_parallel_residual", true);
        var root = g.Root.In("gpt_neox");
        var x = root.Embedding("embed_in", c.VocabSize, c.HiddenSize);
        foreach (var (layer, _) in root.Layers("layers", c.NumHiddenLayers))
        {
            var mixed = x + attention.Build(layer.In("attention"), layer.LayerNorm(x, "input_layernorm", eps));
            var fed = mlp.Build(layer.In("mlp"), layer.LayerNorm(parallel ? x : mixed, "post_attention_layernorm", eps));
            x = mixed + fed;
        }
        var hidden = root.LayerNorm(g.Root.OutputRows(x), "final_layer_norm", eps);
        new Head("gpt_neox.embed_in", "embed_out").Build(g, c, files, hidden);
        g.Ignored.AddRange(["*.attention.bias", "*.attention.masked_bias"]); // causal masks kept as buffers
    }
}
