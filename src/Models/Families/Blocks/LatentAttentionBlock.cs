using Hone.Models.Config;
using Hone.Models.Graph;
using Hone.Models.State;

namespace Hone.Models.Families.Blocks;

/// <summary>Multi-head latent attention (DeepSeek-V2 and V3, arXiv 2405.04434): keys and values are read from one latent row per token.</summary>
internal static class LatentAttentionBlock
{
    /// <summary>Of both latent norms, whatever rms_norm_eps says (modeling_deepseek_v3).</summary>
    private const double LatentNormEps = 1e-6;

    public static Value Build(Scope scope, Value x, ModelConfig c)
    {
        var heads = c.NumAttentionHeads;
        var (nope, rotated, dimV, latent) = (c.Count("qk_nope_head_dim"), c.Count("qk_rope_head_dim"), c.Count("v_head_dim"), c.Width("kv_lora_rank"));
        var (interleaved, bias) = (c.Flag("rope_interleave", true), c.Flag("attention_bias", false));

        var q = c.Has("q_lora_rank")
            ? scope.Linear(scope.RmsNorm(scope.Linear(x, "q_a_proj", c.Width("q_lora_rank"), bias), "q_a_layernorm", LatentNormEps), "q_b_proj", heads * (nope + rotated))
            : scope.Linear(x, "q_proj", heads * (nope + rotated));
        q = scope.Rope(q, Ropes.Within(c, nope + rotated, nope, rotated, interleaved));
        var compressed = scope.Linear(x, "kv_a_proj_with_mqa", latent + rotated, bias);
        var key = scope.Rope(compressed.Slice(latent, rotated), Ropes.Within(c, rotated, 0, rotated, interleaved));
        var mixed = scope.LatentAttention(
            q, scope.RmsNorm(compressed.Slice(0, latent), "kv_a_layernorm", LatentNormEps), key,
            new LatentAttention(
                heads, nope, rotated, dimV, latent, ScoreScale(c, nope + rotated),
                new Weight(scope.Name("kv_b_proj.weight"), [heads * (nope + dimV), latent], Form.Plain),
                new KvState(scope.Name("kv"), 1, latent + rotated, 0, 0, false)));
        return scope.Linear(mixed, "o_proj", x.Width, bias);
    }

    /// <summary>head^−½, times YaRN's factor for all dimensions squared.</summary>
    private static double ScoreScale(ModelConfig c, int headDim)
    {
        var rope = Ropes.Parameters(c, null);
        var mscale = rope.Text("rope_type", "default") == "yarn" ? rope.Number("mscale_all_dim", 0) : 0;
        var factor = mscale == 0 ? 1 : RopeFrequencies.Mscale(rope.Number("factor"), mscale);
        return Math.Pow(headDim, -0.5) * factor * factor;
    }
}
