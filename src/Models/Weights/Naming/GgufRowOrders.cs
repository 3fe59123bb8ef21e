using Hone.Models.Config;

namespace Hone.Models.Weights.Naming;

/// <summary>Rows that GGUF keeps in another order than Hugging Face: undone here, exactly, for every number format.</summary>
internal static class GgufRowOrders
{
    /// <summary>Whose q and k rows llama.cpp's converter permutes, so that it can rotate neighbouring pairs.</summary>
    private static readonly HashSet<string> Permuted = ["llama", "mixtral", "granite", "granitemoehybrid", "smollm3", "nemotron_h"];

    /// <param name="name">Hugging Face's name of the tensor.</param>
    public static StoredTensor Undo(StoredTensor tensor, string name, ModelConfig c)
    {
        var module = name.Split('.')[^2];
        int[]? rows = (c.ModelType, module) switch
        {
            (_, "q_proj") when Permuted.Contains(c.ModelType) => Halves(c.NumAttentionHeads, Rows(tensor) / c.NumAttentionHeads),
            (_, "k_proj") when Permuted.Contains(c.ModelType) => Halves(c.NumKeyValueHeads, Rows(tensor) / c.NumKeyValueHeads),
            ("gpt_neox", "query_key_value") => ByHead(c.NumAttentionHeads, Rows(tensor) / 3 / c.NumAttentionHeads),
            _ => null,
        };
        if (rows is null)
            return tensor;
        if (rows.Length != Rows(tensor))
            throw new ModelFormatException(tensor.Name, $"has {Rows(tensor)} rows, which are no whole number of heads.");
        if (tensor.Shape.Length > 1)
            return tensor.InOrder(rows);
        var values = tensor.ReadAll(); // a bias
        return StoredTensor.FromValues(tensor.Name, tensor.Shape, Array.ConvertAll(rows, row => values[row]));
    }

    private static int Rows(StoredTensor tensor) => tensor.Shape[0];

    /// <summary>Row i of a head of d is GGUF's row 2i for i &lt; d/2, else 2(i − d/2) + 1.</summary>
    private static int[] Halves(int heads, int d) => d % 2 != 0 ? [] :
        [.. from head in Enumerable.Range(0, heads)
            from i in Enumerable.Range(0, d)
            select head * d + (i < d / 2 ? 2 * i : 2 * (i - d / 2) + 1)];

    /// <summary>Row (head, part, r) of q, k, v by head is GGUF's row (part, head, r).</summary>
    private static int[] ByHead(int heads, int d) =>
        [.. from head in Enumerable.Range(0, heads)
            from part in Enumerable.Range(0, 3)
            from r in Enumerable.Range(0, d)
            select (part * heads + head) * d + r];
}
