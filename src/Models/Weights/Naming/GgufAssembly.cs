using System.Globalization;
using System.Text.RegularExpressions;
using Hone.Models.Config;

namespace Hone.Models.Weights.Naming;

/// <summary>A weight made from several tensors of a block, or from a part of one.</summary>
/// <param name="Parts">GGUF's names within the block.</param>
/// <param name="From">The parts → shape and view; the names are filled in by the caller.</param>
internal sealed record GgufAssembly(string[] Parts, Func<StoredTensor[], ModelConfig, LocatedTensor> From)
{
    /// <summary>Each takes what follows the layer in Hugging Face's name and gives the assembly, or null if the name is not its own.</summary>
    public static IReadOnlyList<Func<string, GgufAssembly?>> Rules { get; } =
        [OneExpert, FusedExperts, SharedMlp, DenseSharedMlp, DeltaProjection, LatentKeysAndValues, TokenShift];

    /// <summary>experts.e.gate_proj … : expert e of a stack [E, out, in] (a bias: of [E, out]).</summary>
    private static GgufAssembly? OneExpert(string rest)
    {
        if (GgufPatterns.Expert().Match(rest) is not { Success: true } m)
            return null;
        var part = m.Groups[2].Value switch { "gate_proj" or "w1" => "gate", "up_proj" or "w3" => "up", _ => "down" };
        var suffix = m.Groups[3].Value;
        if (!int.TryParse(m.Groups[1].Value, CultureInfo.InvariantCulture, out var e))
            return null;
        return new([$"ffn_{part}_exps.{suffix}"], (t, _) =>
        {
            var stack = t[0];
            if (stack.Shape.Length < 2 || e >= stack.Shape[0])
                throw new ModelFormatException(stack.Name, $"of shape [{string.Join(", ", stack.Shape)}] holds no expert {e}.");
            var rows = stack.RowCount / stack.Shape[0];
            return Located(stack.Shape[1..], () => stack.RowRange(e * rows, rows));
        });
    }

    /// <summary>Granite's experts: [E, 2·hidden, w] from gate [E, hidden, w] and up.</summary>
    private static GgufAssembly? FusedExperts(string rest) => rest != "block_sparse_moe.input_linear.weight" ? null : new(
        ["ffn_gate_exps.weight", "ffn_up_exps.weight"], (t, _) =>
        {
            var (experts, hidden) = (Dimension(t[0], 3, 0), Dimension(t[0], 3, 1));
            int[] order = [.. from e in Enumerable.Range(0, experts) from part in Enumerable.Range(0, 2) from r in Enumerable.Range(0, hidden) select (part * experts + e) * hidden + r];
            return Located([experts, 2 * hidden, t[0].RowLength], () => Concat(t).InOrder(order));
        });

    /// <summary>Granite's shared MLP: rows gate, then up.</summary>
    private static GgufAssembly? SharedMlp(string rest) =>
        rest != "shared_mlp.input_linear.weight" ? null : new(["ffn_gate_shexp.weight", "ffn_up_shexp.weight"], (t, _) => Stacked(t));

    /// <summary>The same in models without experts.</summary>
    private static GgufAssembly? DenseSharedMlp(string rest) =>
        rest != "shared_mlp.input_linear.weight" ? null : new(["ffn_gate.weight", "ffn_up.weight"], (t, _) => Stacked(t));

    /// <summary>Qwen3-Next: per key head the rows of q, k, v out of attn_qkv (all q, all k, all v), then those of z.</summary>
    private static GgufAssembly? DeltaProjection(string rest) => rest != "linear_attn.in_proj_qkvz.weight" ? null : new(
        ["attn_qkv.weight", "attn_gate.weight"], (t, c) =>
        {
            var (heads, dk) = (c.Count("linear_num_key_heads"), c.Count("linear_key_head_dim"));
            var own = t[1].RowCount / heads; // value rows of one key head
            var order = new List<int>();
            for (var h = 0; h < heads; h++)
            {
                order.AddRange(Enumerable.Range(h * dk, dk));
                order.AddRange(Enumerable.Range((heads + h) * dk, dk));
                order.AddRange(Enumerable.Range(2 * heads * dk + h * own, own));
                order.AddRange(Enumerable.Range(t[0].RowCount + h * own, own));
            }
            if (order.Count != t[0].RowCount + t[1].RowCount)
                throw new ModelFormatException(t[0].Name, $"has {t[0].RowCount} rows beside {t[1].RowCount} of z, which don't fit {heads} key heads of {dk}.");
            return Located([order.Count, t[0].RowLength], () => Concat(t).InOrder([.. order]));
        });

    /// <summary>DeepSeek: per head the key rows, transposed in the file (k_b [H, latent, nope]), then the value rows (v_b [H, dimV, latent]).</summary>
    private static GgufAssembly? LatentKeysAndValues(string rest) => rest != "self_attn.kv_b_proj.weight" ? null : new(
        ["attn_k_b.weight", "attn_v_b.weight"], (t, _) =>
        {
            var (heads, nope, dimV) = (Dimension(t[0], 3, 0), Dimension(t[0], 3, 2), Dimension(t[1], 3, 1));
            int[] order = [.. from h in Enumerable.Range(0, heads)
                              from r in Enumerable.Range(0, nope + dimV)
                              select r < nope ? h * nope + r : heads * nope + h * dimV + r - nope];
            return Located([order.Length, t[1].RowLength], () => Concat([t[0].Transpose(), t[1]]).InOrder(order));
        });

    /// <summary>RWKV-7: the six mixes are rows of one tensor.</summary>
    private static GgufAssembly? TokenShift(string rest)
    {
        var row = Array.IndexOf(["att.x_r", "att.x_w", "att.x_k", "att.x_v", "att.x_a", "att.x_g"], rest);
        return row < 0 ? null : new(["time_mix_lerp_fused.weight"], (t, _) =>
            row < t[0].RowCount
                ? Located([t[0].RowLength], () => t[0].RowRange(row, 1))
                : throw new ModelFormatException(t[0].Name, $"has {t[0].RowCount} rows; {row + 1} are needed."));
    }

    private static LocatedTensor Stacked(StoredTensor[] parts) =>
        Located([parts.Sum(p => p.RowCount), parts[0].RowLength], () => Concat(parts));

    private static StoredTensor Concat(StoredTensor[] parts) =>
        Array.TrueForAll(parts, p => p.RowLength == parts[0].RowLength)
            ? StoredTensor.Concat(parts[0].Name, parts)
            : throw new ModelFormatException(parts[0].Name, $"and its companions have rows of {string.Join(" and ", parts.Select(p => p.RowLength))}.");

    private static int Dimension(StoredTensor tensor, int rank, int index) => tensor.Shape.Length == rank
        ? tensor.Shape[index]
        : throw new ModelFormatException(tensor.Name, $"has {tensor.Shape.Length} dimensions where {rank} are needed.");

    private static LocatedTensor Located(int[] shape, Func<StoredTensor> read) => new(shape, [], read);
}

internal static partial class GgufPatterns
{
    [GeneratedRegex(@"^(?:mlp|block_sparse_moe)\.experts\.([0-9]+)\.(gate_proj|up_proj|down_proj|w1|w2|w3)\.(weight|bias)$")]
    public static partial Regex Expert();
}
