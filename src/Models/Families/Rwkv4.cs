using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>RWKV-4 (arXiv 2305.13048). Source: transformers' modeling_rwkv.</summary>
internal static class Rwkv4
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var root = g.Root.In("rwkv");
        var eps = c.Number("layer_norm_epsilon", 1e-5);
        var inner = c.Width("attention_hidden_size", c.HiddenSize);
        var rescale = c.Count("rescale_every", 6, min: 0);
        // The reference halves the residual after every rescale-th block: only the epsilon of a norm notices, which grows by 4 each time.
        double EpsAfter(int blocks) => rescale == 0 ? eps : eps * Math.Pow(4, blocks / rescale);

        var x = root.Embedding("embeddings", c.VocabSize, c.HiddenSize);
        foreach (var (block, i) in root.Layers("blocks", c.NumHiddenLayers))
        {
            if (i == 0)
                x = block.LayerNorm(x, "pre_ln", eps);
            x += TimeMix(block.In("attention"), block.LayerNorm(x, "ln1", EpsAfter(i)), inner);
            x += ChannelMix(block.In("feed_forward"), block.LayerNorm(x, "ln2", EpsAfter(i)), c.Width("intermediate_size", 4 * c.HiddenSize));
        }
        var hidden = root.LayerNorm(g.Root.OutputRows(x), "ln_out", EpsAfter(c.NumHiddenLayers));
        new Head("rwkv.embeddings", "head").Build(g, c, files, hidden);
    }

    private static Value TimeMix(Scope s, Value x, int inner)
    {
        var previous = s.Previous(x, "att_shift");
        var k = s.Linear(Mixed(s, previous, x, "key"), "key", inner);
        var v = s.Linear(Mixed(s, previous, x, "value"), "value", inner);
        var r = s.Linear(Mixed(s, previous, x, "receptance"), "receptance", inner).Sigmoid();
        return s.Linear(r * s.Wkv4(k, v), "output", x.Width);
    }

    private static Value ChannelMix(Scope s, Value x, int hidden)
    {
        var previous = s.Previous(x, "ffn_shift");
        var k = s.Linear(Mixed(s, previous, x, "key"), "key", hidden).Apply(Act.Relu2);
        var r = s.Linear(Mixed(s, previous, x, "receptance"), "receptance", x.Width).Sigmoid();
        return r * s.Linear(k, "value", x.Width);
    }

    private static Value Mixed(Scope s, Value previous, Value x, string part) =>
        previous.Lerp(x, s.Param($"time_mix_{part}", [1, 1, x.Width]));
}
