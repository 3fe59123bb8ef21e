using Hone.Models.Families.Blocks;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Torch;
using Hone.Torch.Ops;
using static TorchSharp.torch;

namespace Hone.Golden.Models;

/// <summary>How each golden operation is said with the graph's operations.</summary>
internal static class TorchOperations
{
    internal delegate (string Name, Tensor Value)[] Operation(Inputs inputs);

    public static Operation? Find(string name) => name switch
    {
        "rmsnorm" => x => Y(Norms.Apply(x["x"], Norm(NormKind.Rms, x), x["w"], null)),
        "rmsnorm_zero_centred" => x => Y(Norms.Apply(x["x"], Norm(NormKind.Rms, x), x["w"].Plus(1), null)),
        "rmsnorm_gated" => x => Y(Elementwise.Mul(Norms.Apply(x["x"], Norm(NormKind.Rms, x), x["w"], null), Elementwise.Activate(x["z"], Act.Silu))),
        "rmsnorm_gate_first_groups" => x => Y(Norms.Apply(Elementwise.Mul(x["x"], Elementwise.Activate(x["z"], Act.Silu)), Norm(NormKind.Rms, x), x["w"], null)),
        "layernorm" or "groupnorm" => x => Y(Norms.Apply(x["x"], Norm(NormKind.Layer, x), x["w"], x["b"])),
        "l2norm" => x => Y(Norms.Apply(x["x"], Norm(NormKind.L2, x), null, null)),
        "silu" or "gelu" or "gelu_tanh" or "relu2" or "softplus" => x => Y(Elementwise.Activate(x["x"], Enum.Parse<Act>(name.Replace("_", ""), ignoreCase: true))),
        "swiglu" => x => Y(Elementwise.Mul(Elementwise.Activate(x["gate"], Act.Silu), x["up"])),
        "geglu_tanh" => x => Y(Elementwise.Mul(Elementwise.Activate(x["gate"], Act.GeluTanh), x["up"])),
        "swiglu_clamped" => x => Y(MixtureOfExperts.Gated(x["gate"], x["up"], new Experts(1, 1, ExpertGate.Clamped, x.Attribute("limit"), x.Attribute("alpha"), null!))),
        "softcap" => x => Y(Elementwise.Activate(x["x"].Times(1 / x.Attribute("cap")), Act.Tanh).Times(x.Attribute("cap"))),
        "cross_entropy" => x => [("loss", TrainableModel.CrossEntropy(x["x"], x.Integers("labels")).reshape(1))],
        _ when name.StartsWith("rope_apply_", StringComparison.Ordinal) => x => Y(Rotated(x, name.EndsWith("interleaved", StringComparison.Ordinal))),
        _ when name.StartsWith("rope_", StringComparison.Ordinal) => RopeTables,
        _ when name.StartsWith("attention_", StringComparison.Ordinal) => x => Y(Attended(x, name)),
        "gated_delta_rule" or "delta_rule" => DeltaRule,
        "retention" => Retention,
        "mamba2_ssd" => Mamba2,
        "wkv7" => Wkv7,
        "rwkv4_wkv" => x => Y(Wkv.Wkv4(x["k"], x["v"], x["w"], x["u"], Start(x.Size("k", 1))).Y),
        "causal_conv_silu" => x => Y(Elementwise.Activate(Convolutions.Conv1d(x["x"], x["prev"], x["w"].unsqueeze(1), x["b"]).Y, Act.Silu)),
        "router_softmax_topk_renormalised" or "router_topk_softmax" => x => Routed(x, new Route(2, RouterScore.Softmax, true, 1, 1, 1, null), null),
        "router_sigmoid_groups" => x => Routed(x, new Route(3, RouterScore.Sigmoid, true, 2.5, 4, 2, null), x["bias"]),
        _ => null,
    };

    private static (string, Tensor)[] Y(Tensor y) => [("y", y)];

    private static Norm Norm(NormKind kind, Inputs x) => new(kind, x.Attribute("eps"), x.Size("x", 1) / (int)x.AttributeOr("groups", 1), false, null, null);

    private static Tensor Rotated(Inputs x, bool interleaved)
    {
        var (count, dim) = (x.Size("x", 0), x.Size("x", 2));
        var rotary = (int)x.AttributeOr("rotary_dim", dim);
        var frequencies = Enumerable.Range(0, rotary / 2).Select(i => Math.Pow(x.Attribute("theta"), -2.0 * i / rotary)).ToArray();
        var spec = new RopeSpec(dim, 0, rotary, frequencies, Interleaved: interleaved);
        // Each row is a segment of its own, so that any positions can be given.
        var rows = x.Integers("positions").Select((position, i) => new RowRange(i, 1, position, position + 1)).ToArray();
        Assert.Equal(count, rows.Length);
        var (cos, sin) = Rotations.Angles(spec, rows, ScalarType.Float32);
        return Rotations.Apply(x.Flat("x"), spec, cos, sin);
    }

    /// <summary>cos and sin of every pair, as the configuration's rope_parameters make them.</summary>
    private static (string, Tensor)[] RopeTables(Inputs x)
    {
        var (dim, sequence, max) = (x.Specified("head_dim")!.Value, x.Specified("sequence_length"), x.Specified("max_position_embeddings")!.Value);
        var f = RopeFrequencies.From(x.RopeParameters, dim, max);
        var spec = new RopeSpec(dim, 0, 2 * f.InvFreq.Length, f.InvFreq, f.Factor, false, f.LongInvFreq, f.LongAfter, f.ByLength);
        var rows = x.Positions.Select((position, i) => new RowRange(i, 1, position, sequence ?? position + 1)).ToArray();
        var (cos, sin) = Rotations.Angles(spec, rows, ScalarType.Float64);
        return [("inv_freq", tensor(spec.FrequenciesFor(sequence ?? 0))), ("cos", cos), ("sin", sin)];
    }

    private static Tensor Attended(Inputs x, string name)
    {
        var (heads, kvHeads, dim) = (x.Size("q", 1), x.Size("k", 1), x.Size("q", 2));
        var op = new Attention(
            heads, kvHeads, dim, x.Size("v", 2), x.AttributeOr("scale", 1 / Math.Sqrt(dim)),
            name == "attention_bidirectional" ? AttentionMask.Full : AttentionMask.Causal,
            Window: (int)x.AttributeOr("window", 0), Softcap: x.AttributeOr("cap", 0),
            Clip: name == "attention_clipped" ? (x.Attribute("gamma"), x.Attribute("zeta")) : null,
            LiteralSink: name == "attention_softmax1" ? 0 : null);
        var past = x.Size("k", 0) - x.Size("q", 0);
        return Attentions.Apply(x.Flat("q"), x.Flat("k"), x.Flat("v"), past, op, name == "attention_sinks" ? x["sinks"] : null, null);
    }

    private static (string, Tensor)[] DeltaRule(Inputs x)
    {
        var (heads, dk) = (x.Size("k", 1), x.Size("k", 2));
        var norm = new Norm(NormKind.L2, 1e-6, dk, false, null, null);
        var q = Norms.Apply(x.Flat("q"), norm, null, null).Times(Math.Pow(dk, -0.5));
        var k = Norms.Apply(x.Flat("k"), norm, null, null);
        var gated = x.AttributeOr("chunk", 0) != 0;
        var op = new DeltaRule(heads, heads, false, State(x));
        var (y, s) = Recurrences.DeltaRule(q, k, x.Flat("v"), x["beta"], gated ? x["g"] : null, x["S0"], op);
        return [("y", y), ("S", s)];
    }

    private static (string, Tensor)[] Retention(Inputs x)
    {
        var (heads, dk) = (x.Size("k", 1), x.Size("k", 2));
        var logDecay = tensor(Enumerable.Range(0, heads).Select(h => (float)Math.Log(1 - Math.Pow(2, -5 - h))).ToArray(), [1, heads]);
        var (y, s) = Recurrences.LinearAttention(
            x.Flat("q").Times(Math.Pow(dk, -0.5)), x.Flat("k"), x.Flat("v"), logDecay, x["S0"], new LinearAttention(heads, heads, State(x)));
        return [("y", y), ("S", s)];
    }

    private static (string, Tensor)[] Mamba2(Inputs x)
    {
        var (heads, groups) = (x.Size("x", 1), x.Size("B", 1));
        var dt = x["dt"];
        var (y, s) = Recurrences.LinearAttention(
            x.Flat("C"), x.Flat("B"), Elementwise.Mul(x.Flat("x"), dt), Elementwise.Mul(dt, x["A"].unsqueeze(0)),
            x["S0"].transpose(1, 2), new LinearAttention(groups, heads, State(x)));
        y = Elementwise.Add(y, Elementwise.Mul(x.Flat("x"), x["D"].unsqueeze(0)));
        return [("y", y), ("S", s.transpose(1, 2))];
    }

    private static (string, Tensor)[] Wkv7(Inputs x)
    {
        var (y, s) = Wkv.Wkv7(x.Flat("r"), x.Flat("w").log(), x.Flat("k"), x.Flat("v"), x.Flat("a"), x.Flat("b"), x["S0"]);
        return [("y", y), ("S", s)];
    }

    /// <summary>The weights of the experts that the golden router chose; all others must be 0.</summary>
    private static (string, Tensor)[] Routed(Inputs x, Route op, Tensor? bias)
    {
        var weights = Routing.Apply(x["x"], op, bias);
        Assert.Equal(x.Experts().NumberOfElements, weights.count_nonzero().item<long>());
        return [("weights", weights.gather(1, x.Experts()))];
    }

    private static RecurrentState State(Inputs x) => new("state", [x.Size("S0", 0), x.Size("S0", 1), x.Size("S0", 2)]);

    private static Tensor Start(int width) => Hone.Torch.States.SlotShapes.Start(new RecurrentState("wkv", [3, width], [0, 0, -1e38f]), ScalarType.Float32);
}
