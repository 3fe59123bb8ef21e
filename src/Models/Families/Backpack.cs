using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>
/// Backpack (arXiv 2305.16765): every word has k sense vectors that depend on the word alone; a GPT-2 only weighs them.
/// o_t = Σ_ℓ Σ_s α[ℓ, t, s]·C(x_s)[ℓ].
/// </summary>
internal static class Backpack
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var (root, d, senses) = (g.Root.In("backpack"), c.HiddenSize, c.Count("num_senses"));
        if (d % senses != 0 || (long)senses * d > ConfigObject.MaxWidth)
            throw c.Error("num_senses", $"is {senses}, which does not fit {d} columns");
        var eps = c.Number("layer_norm_epsilon", 1e-5);
        var gpt2 = root.In("gpt2_model");
        var context = gpt2.LayerNorm(Gpt2.Body(g, gpt2, c), "ln_f", eps);

        var vectors = Senses(root.In("sense_network"), gpt2.Embedding("wte", c.VocabSize, d), c, senses, eps);
        var attention = root.In("sense_weight_net");
        var qk = attention.Linear(context, "c_attn", 2 * d, bias: true);
        var kv = new State.KvState(attention.Name("kv"), senses, d / senses, d, 0, false);
        var mixed = attention.Attention(
            qk.Slice(0, d), qk.Slice(d, d), vectors,
            new Attention(senses, senses, d / senses, d, Math.Pow(d / senses, -0.5), AttentionMask.Causal, Kv: kv));

        g.Outputs["senses"] = vectors;
        g.Outputs["context"] = context;
        new Head("backpack.gpt2_model.wte").Build(g, c, files, g.Root.OutputRows(mixed.Sum(senses, SumAxis.Across)));
        g.Ignored.AddRange(["backpack.word_embeddings.weight", "backpack.position_embeddings.weight"]); // copies of wte and wpe
    }

    /// <summary>r = LN(e) + e; r += mlp(LN(r)); senses = final_mlp(LN(r)) [k·d], the sense as the slow index.</summary>
    private static Value Senses(Scope net, Value e, ModelConfig c, int count, double eps)
    {
        var block = net.In("block");
        var r = net.LayerNorm(e, "ln", eps) + e;
        var mlp = Gpt2.MlpOf(c);
        r += (mlp with { Hidden = 4 * e.Width }).Build(block.In("mlp"), block.LayerNorm(r, "ln_1", eps));
        var final = mlp with { Hidden = c.Count("sense_intermediate_scale", 4) * e.Width };
        return final.Build(net.In("final_mlp"), block.LayerNorm(r, "ln_2", eps), count * e.Width);
    }
}
