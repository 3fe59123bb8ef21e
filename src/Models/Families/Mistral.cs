using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Mistral: Llama with a sliding window in every layer, if one is set.</summary>
internal static class Mistral
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var window = c.Has("sliding_window") ? c.Width("sliding_window") : 0;
        var attention = AttentionBlock.From(c) with { Window = window, Rope = Ropes.From(c) };
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu"));
        new DecoderStack(
            (layer, x, _) => attention.Build(layer.In("self_attn"), x),
            (layer, x, _) => mlp.Build(layer.In("mlp"), x)).Build(g, c, files);
    }

    /// <summary>Mixtral: the same attention, experts w1 (gate), w3 (up), w2 (down) in every layer.</summary>
    public static void BuildMixtral(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var window = c.Has("sliding_window") ? c.Width("sliding_window") : 0;
        var attention = AttentionBlock.From(c) with { Window = window, Rope = Ropes.From(c) };
        var (count, hidden) = (c.Count("num_experts"), c.IntermediateSize);
        new DecoderStack(
            (layer, x, _) => attention.Build(layer.In("self_attn"), x),
            (layer, x, _) =>
            {
                var scope = layer.In("block_sparse_moe");
                var experts = MoeBlock.Split(scope, count, hidden, x.Width, "w1", "w3", "w2");
                return new MoeBlock(count, c.Count("num_experts_per_tok"), hidden, experts).Build(scope, x);
            }).Build(g, c, files);
    }
}
