using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Llama 2 and 3, SmolLM2, TinyLlama … Source: transformers' modeling_llama.</summary>
internal static class Llama
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var bias = c.Flag("attention_bias", false); // of q, k, v and o
        var attention = AttentionBlock.From(c) with { Bias = bias, OutBias = bias, Rope = Ropes.From(c) };
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu")) { Bias = c.Flag("mlp_bias", false) };
        new DecoderStack(
            (layer, x, _) => attention.Build(layer.In("self_attn"), x),
            (layer, x, _) => mlp.Build(layer.In("mlp"), x)).Build(g, c, files);
    }
}
