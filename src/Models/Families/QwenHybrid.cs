using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>
/// Qwen3-Next and Qwen3.5 (text): Gated DeltaNet layers, each fourth one attention whose output is gated; zero-centred norms.
/// Source: transformers' modeling_qwen3_next, modeling_qwen3_5.
/// </summary>
internal static class QwenHybrid
{
    public static void BuildQwen35(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        Build(g, c, files, GatedDeltaBlock.From(c), Qwen.Dense(c));
        g.Prefixes.Add(("model.", "model.language_model."));
        g.Ignored.AddRange(["mtp.*", "model.visual.*"]);
    }

    public static void BuildQwen3Next(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var (dense, moe) = (Qwen.Dense(c), Qwen.Experts(c));
        var shared = new GatedMlp(c.Width("shared_expert_intermediate_size"), Activations.From(c, fallback: "silu"));
        Build(g, c, files, GatedDeltaBlock.From(c) with { Fused = true }, (layer, x, i) =>
        {
            if (Qwen.IsDense(c, i))
                return dense(layer, x, i);
            var mlp = layer.In("mlp");
            return moe(layer, x, i)
                + shared.Build(mlp.In("shared_expert"), x) * mlp.Linear(x, "shared_expert_gate", 1, role: Role.Gate).Sigmoid();
        });
        g.Ignored.Add("mtp.*");
    }

    private static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, GatedDeltaBlock delta, Branch mlp)
    {
        var interval = c.Count("full_attention_interval", 4);
        var kinds = c.LayerTypes(i => (i + 1) % interval == 0 ? "full_attention" : "linear_attention");
        var bias = c.Flag("attention_bias", false);
        var attention = AttentionBlock.From(c) with
        {
            Bias = bias,
            OutBias = bias,
            Gated = true,
            QNorm = "q_norm",
            KNorm = "k_norm",
            NormOnePlus = true,
            Rope = Ropes.From(c),
        };
        new DecoderStack(
            (layer, x, i) => kinds[i] switch
            {
                "linear_attention" => delta.Build(layer.In("linear_attn"), x),
                "full_attention" => attention.Build(layer.In("self_attn"), x),
                _ => throw c.Error("layer_types", $"names '{kinds[i]}', which is not built"),
            },
            mlp)
        { OnePlus = true }.Build(g, c, files);
    }
}
