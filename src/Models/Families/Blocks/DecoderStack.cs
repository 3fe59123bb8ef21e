using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>Builds a layer's branch from its normed input.</summary>
internal delegate Value Branch(Scope layer, Value x, int index);

/// <summary>
/// The frame most decoders share: embedding; layers of x += mixer(norm x), x += mlp(norm x) with RMS norms; the rows asked for; norm; head.
/// </summary>
internal sealed record DecoderStack(Branch Mixer, Branch Mlp)
{
    public string Embedding { get; init; } = "model.embed_tokens";

    public string MixerNorm { get; init; } = "input_layernorm";

    public string MlpNorm { get; init; } = "post_attention_layernorm";

    public string FinalNorm { get; init; } = "model.norm";

    public string EpsKey { get; init; } = "rms_norm_eps";

    /// <summary>Norms are stored as w and act as 1 + w.</summary>
    public bool OnePlus { get; init; }

    public double EmbeddingScale { get; init; } = 1;

    /// <summary>Factor on both branches (granite).</summary>
    public double ResidualScale { get; init; } = 1;

    public double LogitScale { get; init; } = 1;

    public void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var eps = c.Number(EpsKey, 1e-6);
        var x = g.Root.Embedding(Embedding, c.VocabSize, c.HiddenSize) * EmbeddingScale;
        foreach (var (layer, i) in g.Root.Layers("model.layers", c.NumHiddenLayers))
        {
            x += Mixer(layer, layer.RmsNorm(x, MixerNorm, eps, OnePlus), i) * ResidualScale;
            x += Mlp(layer, layer.RmsNorm(x, MlpNorm, eps, OnePlus), i) * ResidualScale;
        }
        var hidden = g.Root.RmsNorm(g.Root.OutputRows(x), FinalNorm, eps, OnePlus);
        new Head(Embedding) { Scale = LogitScale }.Build(g, c, files, hidden);
    }
}
