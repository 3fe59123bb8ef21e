using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Softmax attention of one segment over the keys it sees.</summary>
internal static class Attentions
{
    /// <param name="q">[Tq, Heads·DimK].</param>
    /// <param name="k">[Tk, KvHeads·DimK].</param>
    /// <param name="v">[Tk, KvHeads·DimV].</param>
    /// <param name="past">Position of the first query, counted in keys.</param>
    /// <param name="op">Heads, scale, mask and the rest.</param>
    /// <param name="sinks">[Heads] or null.</param>
    /// <param name="biasTable">[buckets, Heads] or null.</param>
    /// <returns>[Tq, Heads·DimV].</returns>
    public static Tensor Apply(Tensor q, Tensor k, Tensor v, int past, Attention op, Tensor? sinks, Tensor? biasTable)
    {
        var (queries, keys) = (q.shape[0], k.shape[0]);
        var scores = ByHead(q, op.Heads).bmm(ForQueryHeads(k, op).transpose(1, 2)).Times(op.Scale);
        if (op.Softcap != 0)
            scores = scores.Times(1 / op.Softcap).tanh().Times(op.Softcap);
        // How far query i stands behind key j: i − j.
        var distance = Arithmetic.Count(past, queries).unsqueeze(1) - Arithmetic.Count(0, keys).unsqueeze(0);
        if (op.Bias is { } bias)
            scores = scores.Plus(RelativeBuckets.Bias(bias, biasTable!, distance));
        var hidden = Hidden(op, distance);
        if (hidden is not null)
            scores = scores.Filled(hidden, double.NegativeInfinity);
        var p = Softmax(scores, sinks ?? (op.LiteralSink is { } sink ? tensor(Enumerable.Repeat(sink, op.Heads).ToArray(), scores.dtype) : null));
        if (op.Clip is var (gamma, zeta))
        {
            p = p.Times(zeta - gamma).Plus(gamma).Between(0, 1);
            if (hidden is not null)
                p = p.Filled(hidden, 0);
        }
        return p.bmm(ForQueryHeads(v, op)).transpose(0, 1).flatten(1);
    }

    /// <summary>True where key j must not be seen by query i; null if all are seen.</summary>
    private static Tensor? Hidden(Attention op, Tensor distance) => (op.Mask, op.Window) switch
    {
        (AttentionMask.Causal, 0) => distance.IsBelow(0),
        (AttentionMask.Causal, _) => distance.IsBelow(0).logical_or(distance.IsAtLeast(op.Window)),
        (AttentionMask.Full, 0) => null,
        _ => distance.abs().IsAbove(op.Window),
    };

    /// <summary>Softmax over keys; a sink [Heads] is one more logit that takes weight and has no value.</summary>
    private static Tensor Softmax(Tensor scores, Tensor? sinks)
    {
        if (sinks is null)
            return scores.softmax(2);
        var column = sinks.reshape(-1, 1, 1).expand(scores.shape[0], scores.shape[1], 1);
        return cat([scores, column], 2).softmax(2).narrow(2, 0, scores.shape[2]);
    }

    /// <summary>[T, heads·d] → [heads, T, d].</summary>
    private static Tensor ByHead(Tensor x, int heads) => x.unflatten(1, [heads, -1]).transpose(0, 1);

    /// <summary>[T, KvHeads·d] → [Heads, T, d]: query head h reads kv head h / (Heads / KvHeads).</summary>
    private static Tensor ForQueryHeads(Tensor x, Attention op) => ByHead(x, op.KvHeads).repeat_interleave(op.Heads / op.KvHeads, dim: 0);
}
