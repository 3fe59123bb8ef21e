using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>RWKV-7 "Goose" (arXiv 2503.14456) under the names of the original checkpoints. The ranks of its low-rank pairs are read from the shapes.</summary>
internal static class Rwkv7
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var eps = c.Number("layer_norm_eps", 1e-5);
        var time = new TimeMixer(c.HeadDim, c.Number("group_norm_eps", 64e-5), files);
        var x = g.Root.Embedding("emb", c.VocabSize, c.HiddenSize);
        Value? firstV = null;
        foreach (var (block, i) in g.Root.Layers("blocks", c.NumHiddenLayers))
        {
            if (i == 0)
                x = block.LayerNorm(x, "ln0", eps);
            x += time.Build(block.In("att"), block.LayerNorm(x, "ln1", eps), ref firstV);
            x += ChannelMix(block.In("ffn"), block.LayerNorm(x, "ln2", eps), c.Width("intermediate_size", 4 * c.HiddenSize));
        }
        new Head("emb", "head").Build(g, c, files, g.Root.LayerNorm(g.Root.OutputRows(x), "ln_out", eps));
        g.Ignored.AddRange(["blocks.0.att.v?", "blk.0.time_mix_v?.weight"]); // the first block mixes no value in; some files hold dummies
    }

    private static Value ChannelMix(Scope s, Value x, int hidden)
    {
        var mixed = x.Lerp(s.Previous(x, "ffn_shift"), s.Param("x_k", [1, 1, x.Width]));
        return s.Linear(s.Linear(mixed, "key", hidden).Apply(Act.Relu2), "value", x.Width);
    }

    private sealed record TimeMixer(int HeadDim, double NormEps, IWeightCatalog Files)
    {
        public Value Build(Scope s, Value x, ref Value? firstV)
        {
            var (w, heads) = (x.Width, x.Width / HeadDim);
            var previous = s.Previous(x, "att_shift");
            Value Row(string name) => s.Param(name, [1, 1, w]);
            Value Mixed(string name) => x.Lerp(previous, Row(name));

            var r = s.Linear(Mixed("x_r"), "receptance", w);
            var logDecay = LowRank(s, Mixed("x_w"), "w", Act.Tanh, bias: true).Sigmoid() * -Math.Exp(-0.5);
            var k = s.Linear(Mixed("x_k"), "key", w);
            var xv = Mixed("x_v");
            var v = s.Linear(xv, "value", w);
            if (firstV is null)
                firstV = v;
            else
                v = v.Lerp(firstV, LowRank(s, xv, "v", null, bias: true).Sigmoid());
            var a = LowRank(s, Mixed("x_a"), "a", null, bias: true).Sigmoid();
            var gate = LowRank(s, Mixed("x_g"), "g", Act.Sigmoid, bias: false);

            var unit = s.L2Norm(k * Row("k_k"), 1e-12, HeadDim, floor: true);
            k = k.Lerp(k * a, Row("k_a")); // k·(1 + (a − 1)·k_a)
            var y = s.Wkv7(r, logDecay, k, v, unit * -1, unit * a, heads);
            y = s.GroupLayerNorm(y, "ln_x", NormEps, HeadDim)
                + v * (r * k * s.Param("r_k", [heads, HeadDim])).Sum(heads, SumAxis.Within);
            return s.Linear(y * gate, "output", w);
        }

        /// <summary>act(x·A)·B + bias with A [w, rank] and B [rank, w] under bare names.</summary>
        private Value LowRank(Scope s, Value x, string name, Act? act, bool bias)
        {
            var first = s.Name(name + "1");
            var shape = Files.ShapeOf(first) ?? throw new GraphException($"{first} is not in the file, which alone tells its rank.");
            var rank = (int)(shape.Aggregate(1L, (n, size) => n * size) / x.Width);
            var low = s.Linear(x, new Weight(first, [x.Width, rank], Form.Transposed), null, Role.Gate);
            if (act is { } kind)
                low = low.Apply(kind);
            return s.Linear(
                low, new Weight(s.Name(name + "2"), [rank, x.Width], Form.Transposed),
                bias ? new Weight(s.Name(name + "0"), [1, 1, x.Width], Form.Plain) : null, Role.Gate);
        }
    }
}
