using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>
/// Recurrences with a matrix state S [Heads, dk, dv], token by token over one segment. Inputs are [T, heads·d]; all return y [T, Heads·dv] and the last S.
/// </summary>
internal static class Recurrences
{
    public static (Tensor Y, Tensor S) LinearAttention(Tensor q, Tensor k, Tensor v, Tensor logDecay, Tensor s, LinearAttention op)
    {
        var heads = HeadMap(op.KeyHeads, op.Heads, tiled: false);
        var (qs, ks, vs) = (ByHead(q, op.KeyHeads, heads), ByHead(k, op.KeyHeads, heads), v.unflatten(1, [op.Heads, -1]));
        var decay = Decay(logDecay, q.shape[0], op.Heads);
        return Scan(q.shape[0], s, (t, state) =>
        {
            var next = (state * decay[t]).Plus(Outer(ks[t], vs[t]));
            return (Apply(next, qs[t]), next);
        });
    }

    public static (Tensor Y, Tensor S) DeltaRule(Tensor q, Tensor k, Tensor v, Tensor beta, Tensor? logDecay, Tensor s, DeltaRule op)
    {
        var heads = HeadMap(op.KeyHeads, op.Heads, op.Tiled);
        var (qs, ks, vs) = (ByHead(q, op.KeyHeads, heads), ByHead(k, op.KeyHeads, heads), v.unflatten(1, [op.Heads, -1]));
        var betas = beta.unsqueeze(2);
        var decay = logDecay is null ? null : Decay(logDecay, q.shape[0], op.Heads);
        return Scan(q.shape[0], s, (t, state) =>
        {
            var decayed = decay is null ? state : state * decay[t];
            var next = decayed.Plus(Outer(ks[t], betas[t] * (vs[t] - Apply(decayed, ks[t]))));
            return (Apply(next, qs[t]), next);
        });
    }

    /// <summary>Runs the step for every token; what a step leaves over is freed with it.</summary>
    internal static (Tensor Y, Tensor S) Scan(long count, Tensor s, Func<long, Tensor, (Tensor Y, Tensor S)> step)
    {
        var rows = new List<Tensor>();
        for (var t = 0L; t < count; t++)
        {
            using var scope = NewDisposeScope();
            var (y, next) = step(t, s);
            rows.Add(y.flatten().MoveToOuterDisposeScope());
            if (t > 0)
                s.Dispose();
            s = next.MoveToOuterDisposeScope();
        }
        return (stack(rows), s);
    }

    /// <summary>k⊗v: [H, dk], [H, dv] → [H, dk, dv].</summary>
    private static Tensor Outer(Tensor k, Tensor v) => k.unsqueeze(2) * v.unsqueeze(1);

    /// <summary>Sᵀq: [H, dk, dv], [H, dk] → [H, dv].</summary>
    private static Tensor Apply(Tensor s, Tensor q) => q.unsqueeze(1).bmm(s).squeeze(1);

    /// <summary>The key head that each head reads: neighbours share one, or, tiled, heads a whole set apart.</summary>
    private static Tensor HeadMap(int keyHeads, int heads, bool tiled) =>
        tensor(Enumerable.Range(0, heads).Select(h => (long)(tiled ? h % keyHeads : h / (heads / keyHeads))).ToArray());

    private static Tensor ByHead(Tensor x, int keyHeads, Tensor heads) => x.unflatten(1, [keyHeads, -1]).index_select(1, heads);

    /// <summary>e^logDecay as a factor on S: one number a head [T, H, 1, 1] or one a key channel [T, H, dk, 1]. One row serves all tokens.</summary>
    private static Tensor Decay(Tensor logDecay, long count, int heads) =>
        logDecay.exp().expand(count, -1).unflatten(1, [heads, -1]).unsqueeze(3);
}
