using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>BERT, RoBERTa and XLM-RoBERTa as encoders: learned positions, a norm after each branch. Source: transformers' modeling_bert, modeling_roberta.</summary>
internal static class Bert
{
    public static void BuildBert(ModelGraph g, ModelConfig c, IWeightCatalog _) => Build(g, c, 0, "bert.");

    /// <summary>Positions start behind the padding id.</summary>
    public static void BuildRoberta(ModelGraph g, ModelConfig c, IWeightCatalog _) =>
        Build(g, c, (c.Generation.PadTokenId ?? throw c.Error("pad_token_id", "is missing")) + 1, "roberta.");

    private static void Build(ModelGraph g, ModelConfig c, int offset, string prefix)
    {
        if (c.Text("position_embedding_type", "absolute") is not "absolute" and var other)
            throw c.Error("position_embedding_type", $"is '{other}', which is not built");
        var eps = c.Number("layer_norm_eps", 1e-12);
        var words = g.Root.In("embeddings");
        var x = words.Embedding("word_embeddings", c.VocabSize, c.HiddenSize)
            + words.Embedding("position_embeddings", c.Width("max_position_embeddings"), c.HiddenSize, EmbeddingSource.Positions, offset)
            + words.Embedding("token_type_embeddings", c.Count("type_vocab_size", 2), c.HiddenSize, EmbeddingSource.TokenTypes);
        x = words.LayerNorm(x, "LayerNorm", eps);

        var heads = c.NumAttentionHeads;
        var attention = new AttentionBlock(heads, heads, c.HiddenSize / heads, Math.Pow(c.HiddenSize / heads, -0.5))
        {
            Q = "self.query",
            K = "self.key",
            V = "self.value",
            Out = "output.dense",
            Bias = true,
            OutBias = true,
            Mask = AttentionMask.Full,
        };
        var mlp = new Mlp(c.IntermediateSize, Activations.From(c, fallback: "gelu"), "intermediate.dense", "output.dense");
        foreach (var (layer, _) in g.Root.Layers("encoder.layer", c.NumHiddenLayers))
        {
            x = layer.LayerNorm(attention.Build(layer.In("attention"), x) + x, "attention.output.LayerNorm", eps);
            x = layer.LayerNorm(mlp.Build(layer, x) + x, "output.LayerNorm", eps);
        }
        Encoders.Outputs(g, x);
        g.Prefixes.Add(("", prefix));
        g.Ignored.AddRange(["*embeddings.position_ids", "*pooler.*", "cls.*", "lm_head.*"]);
    }
}
