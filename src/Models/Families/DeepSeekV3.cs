using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>DeepSeek-V3: latent attention; sigmoid router with groups and a bias for the choice; shared experts. Source: transformers' modeling_deepseek_v3.</summary>
internal static class DeepSeekV3
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        if (c.Text("scoring_func", "sigmoid") is not "sigmoid" and var other)
            throw c.Error("scoring_func", $"is '{other}', which is not built");
        var dense = Qwen.Dense(c);
        var (count, hidden, act) = (c.Count("n_routed_experts"), c.Width("moe_intermediate_size"), Activations.From(c, fallback: "silu"));
        var firstSparse = c.Count("first_k_dense_replace", 0, min: 0);
        new DecoderStack(
            (layer, x, _) => LatentAttentionBlock.Build(layer.In("self_attn"), x, c),
            (layer, x, i) => i < firstSparse ? dense(layer, x, i) : Sparse(layer.In("mlp"), x)).Build(g, c, files);
        for (var i = 0; i < c.Count("num_nextn_predict_layers", 0, min: 0); i++)
            g.Ignored.Add($"model.layers.{c.NumHiddenLayers + i}.*"); // the layers that draft

        Value Sparse(Scope mlp, Value x)
        {
            var moe = new MoeBlock(count, c.Count("num_experts_per_tok"), hidden, MoeBlock.Split(mlp, count, hidden, x.Width))
            {
                Score = RouterScore.Sigmoid,
                Normalise = c.Flag("norm_topk_prob", true),
                Scale = c.Number("routed_scaling_factor", 1),
                Groups = c.Count("n_group", 1),
                TopGroups = c.Count("topk_group", 1),
                CorrectionBias = "gate.e_score_correction_bias",
            };
            var shared = new GatedMlp(hidden * c.Count("n_shared_experts", 1), act);
            return moe.Build(mlp, x) + shared.Build(mlp.In("shared_experts"), x);
        }
    }
}
