using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>T5's bias on attention scores by the relative position of key and query.</summary>
internal static class RelativeBuckets
{
    /// <summary>table[bucket(key − query), head] for distances query − key [Tq, Tk] → [heads, Tq, Tk].</summary>
    public static Tensor Bias(RelativeBias bias, Tensor table, Tensor distance)
    {
        var first = distance.min().item<long>();
        var last = distance.max().item<long>();
        var buckets = new long[last - first + 1];
        for (var d = first; d <= last; d++)
            buckets[d - first] = Bucket(bias, (int)-d);
        var rows = tensor(buckets).index_select(0, (distance - tensor(first)).flatten());
        return table.index_select(0, rows).t().reshape(-1, distance.shape[0], distance.shape[1]);
    }

    /// <summary>Bucket of a relative position key − query: exact for small distances, logarithmic up to MaxDistance, the last one beyond.</summary>
    public static int Bucket(RelativeBias bias, int relative)
    {
        var (n, d, first) = (bias.Buckets, Math.Max(-relative, 0), 0);
        if (bias.Bidirectional)
            (n, d, first) = (n / 2, Math.Abs(relative), relative > 0 ? n / 2 : 0);
        var exact = n / 2;
        if (d < exact)
            return first + d;
        var logarithmic = Math.Log((double)d / exact) / Math.Log((double)bias.MaxDistance / exact) * (n - exact);
        return first + Math.Min(exact + (int)logarithmic, n - 1);
    }
}
