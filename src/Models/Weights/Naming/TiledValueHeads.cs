using Hone.Models.Config;

namespace Hone.Models.Weights.Naming;

/// <summary>
/// Qwen3.5's GGUF files keep the value heads of Gated DeltaNet in tiled order (head t reads key head t mod KeyHeads), and so does the graph built from
/// them: the columns of out_proj could not be put back in every number format. This is that order, for what comes from elsewhere.
/// </summary>
internal static class TiledValueHeads
{
    /// <summary>Row (column) i of the graph's matrix is row (column) order[i] of Hugging Face's; null = the same.</summary>
    public static (int[]? Rows, int[]? Columns) OrderOf(string name, ModelConfig c)
    {
        if (!c.Flag("linear_value_heads_tiled", false) || !name.Contains(".linear_attn.", StringComparison.Ordinal))
            return (null, null);
        var (keyHeads, heads) = (c.Count("linear_num_key_heads"), c.Count("linear_num_value_heads"));
        var (keys, dim) = (keyHeads * c.Count("linear_key_head_dim"), c.Count("linear_value_head_dim"));
        return name.Split('.')[^2] switch
        {
            "in_proj_a" or "in_proj_b" => (Order(keyHeads, heads, 1), null),
            "in_proj_z" => (Order(keyHeads, heads, dim), null),
            "in_proj_qkv" => ([.. Enumerable.Range(0, 2 * keys), .. Order(keyHeads, heads, dim).Select(row => 2 * keys + row)], null),
            "out_proj" => (null, Order(keyHeads, heads, dim)),
            _ => (null, null),
        };
    }

    /// <summary>Tiled head t is Hugging Face's head (t mod keyHeads) · (heads / keyHeads) + t / keyHeads.</summary>
    private static int[] Order(int keyHeads, int heads, int dim) =>
        [.. from t in Enumerable.Range(0, heads)
            from i in Enumerable.Range(0, dim)
            select (t % keyHeads * (heads / keyHeads) + t / keyHeads) * dim + i];
}
