using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>RWKV's recurrences over one segment.</summary>
internal static class Wkv
{
    /// <summary>All inputs [T, w]; S [H, dv, dk].</summary>
    public static (Tensor Y, Tensor S) Wkv7(Tensor r, Tensor logDecay, Tensor k, Tensor v, Tensor a, Tensor b, Tensor s)
    {
        var heads = s.shape[0];
        Tensor Rows(Tensor x) => x.unflatten(1, [heads, 1, -1]);
        Tensor Columns(Tensor x) => x.unflatten(1, [heads, -1, 1]);
        var (decay, ks, bs) = (Rows(logDecay.exp()), Rows(k), Rows(b));
        var (vs, @as, rs) = (Columns(v), Columns(a), Columns(r));
        return Recurrences.Scan(r.shape[0], s, (t, state) =>
        {
            var next = (state * decay[t]).Plus(state.bmm(@as[t]) * bs[t]).Plus(vs[t] * ks[t]);
            return (next.bmm(rs[t]), next);
        });
    }

    /// <summary>
    /// k, v [T, w]; u = time_first, decay = time_decay [w]; state rows num, den, max [3, w]. num and den are kept relative to e^max, so that no exponential overflows.
    /// </summary>
    public static (Tensor Y, Tensor S) Wkv4(Tensor k, Tensor v, Tensor timeDecay, Tensor timeFirst, Tensor s)
    {
        var decay = timeDecay.exp();
        return Recurrences.Scan(k.shape[0], s, (t, state) =>
        {
            var (kt, vt) = (k[t], v[t]);
            var (num, den, max) = (state[0], state[1], state[2]);
            var boosted = kt.Plus(timeFirst);
            var m = maximum(max, boosted);
            var (past, now) = ((max - m).exp(), (boosted - m).exp());
            var y = (past * num).Plus(now * vt) / (past * den).Plus(now);
            m = maximum(max - decay, kt);
            (past, now) = ((max - decay - m).exp(), (kt - m).exp());
            return (y, stack([(past * num).Plus(now * vt), (past * den).Plus(now), m]));
        });
    }
}
