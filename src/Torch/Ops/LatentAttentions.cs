using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Multi-head latent attention in its expanded form: keys and values of every head are computed from the latents, then attended to as usual.</summary>
internal static class LatentAttentions
{
    /// <param name="q">[Tq, Heads·(Nope + RopeDim)].</param>
    /// <param name="seen">[Tk, Latent + RopeDim]: latents and the rotated key that all heads share.</param>
    /// <param name="past">Position of the first query, counted in keys.</param>
    /// <param name="op">Sizes and scale.</param>
    /// <param name="kvB">[Heads·(Nope + DimV), Latent].</param>
    public static Tensor Apply(Tensor q, Tensor seen, int past, LatentAttention op, Tensor kvB)
    {
        var latent = seen.narrow(1, 0, op.Latent);
        var ropeKey = seen.narrow(1, op.Latent, op.RopeDim).unsqueeze(1).expand(-1, op.Heads, -1);
        var expanded = nn.functional.linear(latent, kvB).unflatten(1, [op.Heads, -1]);
        var k = cat([expanded.narrow(2, 0, op.Nope), ropeKey], 2).flatten(1);
        var v = expanded.narrow(2, op.Nope, op.DimV).flatten(1);
        return Attentions.Apply(q, k, v, past, Plain(op), null, null);
    }

    private static Attention Plain(LatentAttention op) => new(op.Heads, op.Heads, op.Nope + op.RopeDim, op.DimV, op.Scale, AttentionMask.Causal);
}
