using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Pooling of a segment's rows.</summary>
internal static class RowChoice
{
    /// <summary>[T, w] → one row for each segment; a segment must have rows.</summary>
    public static Tensor Pool(Tensor x, RowRange[] segments, Pool op)
    {
        if (Array.Exists(segments, s => s.Count == 0))
            throw new ArgumentException("A segment without tokens cannot be pooled.");
        var rows = Array.ConvertAll(segments, s => op.Kind switch
        {
            PoolKind.First => x.narrow(0, s.First, 1),
            PoolKind.Last => x.narrow(0, s.First + s.Count - 1, 1),
            PoolKind.Mean => x.narrow(0, s.First, s.Count).mean([0], keepdim: true),
            _ => throw new NotSupportedException($"Pool {op.Kind}."),
        });
        var pooled = cat(rows, 0);
        return op.Normalise ? pooled / pooled.Squared().sum(1, keepdim: true).sqrt().AtLeast(1e-12) : pooled;
    }
}
