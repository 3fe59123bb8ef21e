using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>T5, T5 v1.1, Flan-T5, mT5: relative position tables, RMS norms, no biases, unscaled scores. Source: transformers' modeling_t5.</summary>
internal static class T5
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var eps = c.Number("layer_norm_epsilon", 1e-6);
        var encoder = g.SourceRoot.In("encoder");
        var source = g.SourceRoot.Embedding("shared", c.VocabSize, c.HiddenSize);
        foreach (var (block, _) in encoder.Layers("block", c.NumHiddenLayers))
        {
            source += Attention(c, encoder, "SelfAttention", bidirectional: true).Build(block.In("layer.0.SelfAttention"), block.RmsNorm(source, "layer.0.layer_norm", eps));
            source += FeedForward(block.In("layer.1"), source, c, eps);
        }
        source = encoder.RmsNorm(source, "final_layer_norm", eps);
        g.Outputs["encoder"] = source;

        var decoder = g.Root.In("decoder");
        var x = g.Root.Embedding("shared", c.VocabSize, c.HiddenSize);
        foreach (var (block, _) in decoder.Layers("block", c.Count("num_decoder_layers", c.NumHiddenLayers)))
        {
            x += Attention(c, decoder, "SelfAttention", bidirectional: false).Build(block.In("layer.0.SelfAttention"), block.RmsNorm(x, "layer.0.layer_norm", eps));
            x += (Attention(c, decoder, null, true)).Build(block.In("layer.1.EncDecAttention"), block.RmsNorm(x, "layer.1.layer_norm", eps), source);
            x += FeedForward(block.In("layer.2"), x, c, eps);
        }
        x = decoder.RmsNorm(g.Root.OutputRows(x), "final_layer_norm", eps);

        // transformers 5 writes tie_word_embeddings: true for every T5; what the file holds decides.
        var tied = files.ShapeOf("lm_head.weight") is null;
        if (c.Flag("scale_decoder_outputs", c.Flag("tie_word_embeddings", true)))
            x *= Math.Pow(c.HiddenSize, -0.5);
        g.Outputs["hidden"] = x;
        g.Outputs["logits"] = g.Root.Linear(x, tied ? "shared" : "lm_head", c.VocabSize, role: Role.Head);
        g.Ignored.AddRange([
            "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", // copies of shared
            "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight", "dec.blk.0.cross_attn_rel_b.weight", // never used by the reference
        ]);
    }

    /// <summary>The table of block 0 serves every self-attention of its stack; cross-attention has none.</summary>
    private static AttentionBlock Attention(ModelConfig c, Scope stack, string? table, bool bidirectional)
    {
        var (heads, buckets) = (c.NumAttentionHeads, c.Count("relative_attention_num_buckets", 32, min: 4));
        return new AttentionBlock(heads, heads, c.Count("d_kv"), 1)
        {
            Q = "q",
            K = "k",
            V = "v",
            Out = "o",
            Mask = bidirectional ? AttentionMask.Full : AttentionMask.Causal,
            RelativeBias = table is null ? null : new RelativeBias(
                new Weight(stack.Name($"block.0.layer.0.{table}.relative_attention_bias.weight"), [buckets, heads], Form.Plain),
                buckets, c.Width("relative_attention_max_distance", 128), bidirectional),
        };
    }

    private static Value FeedForward(Scope layer, Value x, ModelConfig c, double eps)
    {
        var kind = c.Text("feed_forward_proj", "relu");
        var gated = kind.StartsWith("gated-", StringComparison.Ordinal);
        var name = gated ? kind["gated-".Length..] : kind;
        var act = gated && name == "gelu" ? Act.GeluTanh : Activations.Named(name) ?? throw c.Error("feed_forward_proj", $"is '{kind}', which is not built");
        var (scope, normed) = (layer.In("DenseReluDense"), layer.RmsNorm(x, "layer_norm", eps));
        return gated
            ? new GatedMlp(c.IntermediateSize, act) { Gate = "wi_0", Up = "wi_1", Down = "wo" }.Build(scope, normed)
            : new Mlp(c.IntermediateSize, act, "wi", "wo") { Bias = false }.Build(scope, normed);
    }
}
