using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>GPT-2: learned positions, layer norms, matrices stored [in, out]. Source: transformers' modeling_gpt2.</summary>
internal static class Gpt2
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var x = Body(g, g.Root.In("transformer"), c);
        var hidden = g.Root.In("transformer").LayerNorm(g.Root.OutputRows(x), "ln_f", c.Number("layer_norm_epsilon", 1e-5));
        new Head("transformer.wte").Build(g, c, files, hidden);
        g.Prefixes.Add(("transformer.", ""));
    }

    /// <summary>Embeddings and layers up to the final norm.</summary>
    public static Value Body(ModelGraph g, Scope scope, ModelConfig c)
    {
        var x = scope.Embedding("wte", c.VocabSize, c.HiddenSize)
            + scope.Embedding("wpe", c.Width("max_position_embeddings"), c.HiddenSize, EmbeddingSource.Positions);
        var eps = c.Number("layer_norm_epsilon", 1e-5);
        var (heads, headDim) = (c.NumAttentionHeads, c.HiddenSize / c.NumAttentionHeads);
        var attention = new AttentionBlock(heads, heads, headDim, c.Flag("scale_attn_weights", true) ? Math.Pow(headDim, -0.5) : 1)
        {
            Fused = "c_attn",
            Out = "c_proj",
            Bias = true,
            OutBias = true,
            Transposed = true,
        };
        var byLayer = c.Flag("scale_attn_by_inverse_layer_idx", false);
        var mlp = MlpOf(c);
        foreach (var (layer, i) in scope.Layers("h", c.NumHiddenLayers))
        {
            var scaled = byLayer ? attention with { Scale = attention.Scale / (i + 1) } : attention;
            x += scaled.Build(layer.In("attn"), layer.LayerNorm(x, "ln_1", eps));
            x += mlp.Build(layer.In("mlp"), layer.LayerNorm(x, "ln_2", eps));
        }
        g.Ignored.AddRange(["*.attn.bias", "*.attn.masked_bias"]); // causal masks kept as buffers
        return x;
    }

    public static Mlp MlpOf(ModelConfig c) =>
        new(c.Width("intermediate_size", 4 * c.HiddenSize), Activations.From(c, fallback: "gelu_new"), "c_fc", "c_proj") { Transposed = true };
}
