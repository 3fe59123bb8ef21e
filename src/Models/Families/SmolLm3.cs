using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>SmolLM3: Llama whose layers i with no_rope_layers[i] = 0 (else every no_rope_layer_interval-th) don't rotate.</summary>
internal static class SmolLm3
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var interval = c.Count("no_rope_layer_interval", 4);
        var rotates = c.Numbers("no_rope_layers") ?? [.. Enumerable.Range(1, c.NumHiddenLayers).Select(i => i % interval == 0 ? 0.0 : 1.0)];
        if (rotates.Length != c.NumHiddenLayers)
            throw c.Error("no_rope_layers", $"has {rotates.Length} entries for {c.NumHiddenLayers} layers");
        var windows = c.Windows(_ => "full_attention");
        var bias = c.Flag("attention_bias", false);
        var attention = AttentionBlock.From(c) with { Bias = bias, OutBias = bias };
        var rope = Ropes.From(c);
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu")) { Bias = c.Flag("mlp_bias", false) };
        new DecoderStack(
            (layer, x, i) => (attention with { Rope = rotates[i] == 0 ? null : rope, Window = windows[i] }).Build(layer.In("self_attn"), x),
            (layer, x, _) => mlp.Build(layer.In("mlp"), x)).Build(g, c, files);
    }
}
