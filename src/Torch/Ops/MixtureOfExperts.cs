using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>The weighted sum of the chosen experts' MLPs, in ascending expert number.</summary>
internal static class MixtureOfExperts
{
    private sealed record Expert(Tensor Gate, Tensor Up, Tensor Down, Tensor? GateBias = null, Tensor? UpBias = null, Tensor? DownBias = null);

    /// <summary>x [T, w], weights [T, E] → [T, w].</summary>
    public static Tensor Apply(Tensor x, Tensor weights, Experts op, Parameters parameters)
    {
        var y = zeros_like(x);
        for (var e = 0; e < op.Count; e++)
        {
            using var scope = NewDisposeScope();
            var weight = weights.select(1, e);
            var rows = weight.nonzero().flatten();
            if (rows.shape[0] == 0)
                continue;
            var part = Mlp(x.index_select(0, rows), Unpack(op, e, parameters), op);
            y = y.PlusAtRows(rows, part * weight.index_select(0, rows).unsqueeze(1)).MoveToOuterDisposeScope();
        }
        return y;
    }

    private static Tensor Mlp(Tensor x, Expert expert, Experts op)
    {
        var gate = nn.functional.linear(x, expert.Gate, expert.GateBias);
        var up = nn.functional.linear(x, expert.Up, expert.UpBias);
        return nn.functional.linear(Gated(gate, up, op), expert.Down, expert.DownBias);
    }

    internal static Tensor Gated(Tensor gate, Tensor up, Experts op)
    {
        if (op.Gate == ExpertGate.Silu)
            return nn.functional.silu(gate) * up;
        var (g, u) = (gate.AtMost(op.Limit), up.Between(-op.Limit, op.Limit));
        return u.Plus(1) * g * g.Times(op.Alpha).sigmoid();
    }

    /// <summary>One expert's canonical matrices: gate, up [hidden, w], down [w, hidden].</summary>
    private static Expert Unpack(Experts op, int e, Parameters parameters)
    {
        Tensor Part(Weight weight) => parameters.Canonical(weight).select(0, e);
        Tensor? OneOf(Weight[] weights) => weights.Length == 0 ? null : parameters.Canonical(weights[e]);
        switch (op.Stored)
        {
            case SplitExperts s:
                return new Expert(OneOf(s.Gate)!, OneOf(s.Up)!, OneOf(s.Down)!, OneOf(s.GateBias), OneOf(s.UpBias), OneOf(s.DownBias));
            case FusedExperts s:
                var fused = Part(s.GateUp);
                return new Expert(fused.narrow(0, 0, op.Hidden), fused.narrow(0, op.Hidden, op.Hidden), Part(s.Down));
            case InterleavedExperts s:
                var (matrix, bias) = (Part(s.GateUp).unflatten(1, [-1, 2]), Part(s.GateUpBias).unflatten(0, [-1, 2]));
                return new Expert(
                    matrix.select(2, 0).t(), matrix.select(2, 1).t(), Part(s.Down).t(),
                    bias.select(1, 0), bias.select(1, 1), Part(s.DownBias));
            default:
                throw new NotSupportedException($"Experts stored as {op.Stored.GetType().Name}.");
        }
    }
}
