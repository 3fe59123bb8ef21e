using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Phi-3: fused q, k, v and gate, up; rotation of the leading part of a head; LongRoPE. Source: transformers' modeling_phi3.</summary>
internal static class Phi3
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var window = c.Has("sliding_window") ? c.Width("sliding_window") : 0;
        var attention = AttentionBlock.From(c) with { Fused = "qkv_proj", Window = window, Rope = Ropes.From(c) };
        var mlp = new FusedGatedMlp(c.IntermediateSize, Activations.From(c, fallback: "silu"), "gate_up_proj", "down_proj");
        new DecoderStack(
            (layer, x, _) => attention.Build(layer.In("self_attn"), x),
            (layer, x, _) => mlp.Build(layer.In("mlp"), x)).Build(g, c, files);
    }
}
