using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>RetNet (arXiv 2307.08621) and DeltaNet (arXiv 2406.06484) under the names of flash-linear-attention.</summary>
internal static class FlashLinear
{
    public static void BuildRetNet(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var heads = c.NumAttentionHeads;
        var (keys, values) = (Expanded(c, "expand_k", 1), Expanded(c, "expand_v", 2));
        var rope = Ropes.From(c, keys / heads);
        float[] logDecay = [.. Enumerable.Range(0, heads).Select(h => (float)Math.Log(1 - Math.Pow(2, -5 - h)))];
        Build(g, c, files, (layer, x, _) =>
        {
            var attn = layer.In("attn");
            var q = attn.Rope(attn.Linear(x, "q_proj", keys), rope) * Math.Pow(keys / heads, -0.5);
            var k = attn.Rope(attn.Linear(x, "k_proj", keys), rope);
            var y = attn.LinearAttention(q, k, attn.Linear(x, "v_proj", values), attn.Constant(logDecay), heads, heads);
            var gate = attn.Linear(x, "g_proj", values).Silu();
            return attn.Linear(attn.HeadNorm(y, "g_norm_swish_gate", c.Number("norm_eps", 1e-6), values / heads) * gate, "o_proj", x.Width);
        });
    }

    public static void BuildDeltaNet(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        foreach (var (key, built) in ((string, bool)[])[("use_gate", false), ("use_beta", true), ("use_short_conv", true), ("allow_neg_eigval", false)])
        {
            if (c.Flag(key, built) != built)
                throw c.Error(key, $"is {!built}, which is not built");
        }
        var (heads, taps) = (c.NumAttentionHeads, c.Count("conv_size", 4, min: 2));
        var (keys, values) = (Expanded(c, "expand_k", 1), Expanded(c, "expand_v", 1));
        Build(g, c, files, (layer, x, _) =>
        {
            var attn = layer.In("attn");
            Value Mixed(string part, int width) =>
                attn.Conv1d(attn.Linear(x, $"{part}_proj", width), $"{part}_conv1d", taps, bias: false, $"conv_state_{part}").Silu();
            Value Unit(Value v) => attn.L2Norm(v, 1e-6, keys / heads);
            var q = Unit(Mixed("q", keys)) * Math.Pow(keys / heads, -0.5);
            var k = Unit(Mixed("k", keys));
            var v = Mixed("v", values);
            var beta = attn.Linear(x, "b_proj", heads, role: Role.Gate).Sigmoid();
            var y = attn.DeltaRule(q, k, v, beta, null, heads, heads, tiled: false);
            return attn.Linear(attn.HeadNorm(y, "o_norm", c.Number("norm_eps", 1e-6), values / heads), "o_proj", x.Width);
        });
    }

    private static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, Branch mixer)
    {
        if (c.Has("attn"))
            throw c.Error("attn", "asks for layers of softmax attention, which are not built");
        var mlp = new GatedMlp(c.IntermediateSize, Activations.From(c, fallback: "swish"));
        new DecoderStack(mixer, (layer, x, _) => mlp.Build(layer.In("mlp"), x))
        {
            Embedding = "model.embeddings",
            MixerNorm = "attn_norm",
            MlpNorm = "mlp_norm",
            EpsKey = "norm_eps",
        }.Build(g, c, files);
    }

    /// <summary>hidden · expand, a whole number of heads.</summary>
    private static int Expanded(ModelConfig c, string key, double fallback)
    {
        var width = c.HiddenSize * c.Number(key, fallback);
        return width == Math.Floor(width) && width >= 1 && width <= ConfigObject.MaxWidth && width % c.NumAttentionHeads == 0
            ? (int)width
            : throw c.Error(key, $"gives {width} columns for {c.NumAttentionHeads} heads");
    }
}
