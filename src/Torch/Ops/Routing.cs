using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>The choice of experts and their weights.</summary>
internal static class Routing
{
    /// <summary>logits [T, E] → weights [T, E], 0 where not chosen. The choice itself has no gradient, the weights have.</summary>
    public static Tensor Apply(Tensor logits, Route op, Tensor? correctionBias)
    {
        var p = op.Score == RouterScore.Softmax ? logits.softmax(1) : logits.sigmoid();
        Tensor chosen;
        using (no_grad())
        {
            var choice = correctionBias is null ? p : p.Plus(correctionBias);
            if (op.Groups > 1)
                choice = choice.Filled(InOtherGroups(choice, op), double.NegativeInfinity);
            chosen = Best(choice, op.TopK);
        }
        var weights = p * chosen;
        if (op.Normalise)
            weights = weights / weights.sum(1, keepdim: true);
        return weights.Times(op.Scale);
    }

    /// <summary>True for experts outside the TopGroups groups with the largest sum of their two best.</summary>
    private static Tensor InOtherGroups(Tensor choice, Route op)
    {
        var groups = choice.unflatten(1, [op.Groups, -1]);
        var size = groups.shape[2];
        var score = groups.topk((int)Math.Min(2, size), 2).values.sum(2);
        return Best(score, op.TopGroups).repeat_interleave(size, dim: 1).IsBelow(1);
    }

    /// <summary>1 for the k largest of a row, else 0; of equal numbers the first is larger.</summary>
    private static Tensor Best(Tensor x, int k)
    {
        var best = x.sort(1, descending: true, stable: true).Indices.narrow(1, 0, k);
        return zeros_like(x).scatter(1, best, ones_like(x));
    }
}
