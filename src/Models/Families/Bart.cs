using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>BART: learned positions from row 2 on, a norm after each branch, biases everywhere. Source: transformers' modeling_bart.</summary>
internal static class Bart
{
    private const double Eps = 1e-5; // torch's default; no key of the configuration

    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var source = Embedded(g.SourceRoot, "encoder", c);
        foreach (var (layer, _) in g.SourceRoot.Layers("model.encoder.layers", c.NumHiddenLayers))
        {
            source = Normed(layer, source, Attention(c, "encoder", AttentionMask.Full).Build(layer.In("self_attn"), source), "self_attn_layer_norm");
            source = FeedForward(layer, source, c, "encoder_ffn_dim");
        }
        g.Outputs["encoder"] = source;

        var x = Embedded(g.Root, "decoder", c);
        foreach (var (layer, _) in g.Root.Layers("model.decoder.layers", c.Count("decoder_layers")))
        {
            x = Normed(layer, x, Attention(c, "decoder", AttentionMask.Causal).Build(layer.In("self_attn"), x), "self_attn_layer_norm");
            x = Normed(layer, x, Attention(c, "decoder", AttentionMask.Full).Build(layer.In("encoder_attn"), x, source), "encoder_attn_layer_norm");
            x = FeedForward(layer, x, c, "decoder_ffn_dim");
        }
        x = g.Root.OutputRows(x);
        g.Outputs["hidden"] = x;
        var logits = g.Root.Linear(x, "model.shared", c.VocabSize, role: Role.Head);
        g.Outputs["logits"] = files.ShapeOf("final_logits_bias") is null ? logits : logits + g.Root.Param("final_logits_bias", [1, c.VocabSize]);
        g.Prefixes.Add(("model.", ""));
        g.Ignored.AddRange(["*encoder.embed_tokens.weight", "*decoder.embed_tokens.weight", "lm_head.weight"]); // copies of shared
    }

    private static Value Embedded(Scope root, string stack, ModelConfig c)
    {
        var scope = root.In($"model.{stack}");
        var scale = c.Flag("scale_embedding", false) ? Math.Sqrt(c.HiddenSize) : 1;
        var x = root.Embedding("model.shared", c.VocabSize, c.HiddenSize) * scale
            + scope.Embedding("embed_positions", c.Width("max_position_embeddings") + 2, c.HiddenSize, EmbeddingSource.Positions, offset: 2);
        return scope.LayerNorm(x, "layernorm_embedding", Eps);
    }

    private static AttentionBlock Attention(ModelConfig c, string stack, AttentionMask mask)
    {
        var heads = c.Count($"{stack}_attention_heads");
        var headDim = c.HiddenSize / heads;
        return new AttentionBlock(heads, heads, headDim, Math.Pow(headDim, -0.5)) { Out = "out_proj", Bias = true, OutBias = true, Mask = mask };
    }

    private static Value FeedForward(Scope layer, Value x, ModelConfig c, string widthKey) =>
        Normed(layer, x, new Mlp(c.Width(widthKey), Activations.From(c, fallback: "gelu"), "fc1", "fc2").Build(layer, x), "final_layer_norm");

    private static Value Normed(Scope layer, Value x, Value branch, string norm) => layer.LayerNorm(x + branch, norm, Eps);
}
