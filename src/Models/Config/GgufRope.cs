using System.Text.Json.Nodes;
using Hone.Models.Weights;

namespace Hone.Models.Config;

/// <summary>rope_parameters from GGUF's keys, and from the tensors that hold frequency divisors.</summary>
internal static class GgufRope
{
    /// <summary>Where the key for sliding layers is missing (older Gemma 3 files).</summary>
    private const double LocalTheta = 10000;

    public static JsonObject Parameters(GgufKeys keys)
    {
        var rope = new JsonObject { ["rope_type"] = "default" };
        GgufConfig.Set(rope, keys.Number("rope.freq_base"), "rope_theta");
        var type = keys.Text("rope.scaling.type");
        if (type is not (null or "none"))
        {
            rope["rope_type"] = type;
            GgufConfig.Set(rope, keys.Number("rope.scaling.factor"), "factor");
            GgufConfig.Set(rope, keys.Number("rope.scaling.yarn_beta_fast"), "beta_fast");
            GgufConfig.Set(rope, keys.Number("rope.scaling.yarn_beta_slow"), "beta_slow");
        }
        GgufConfig.Set(rope, keys.Number("rope.scaling.original_context_length"), "original_max_position_embeddings");
        Divisors(rope, keys);
        if (keys.Number("rope.dimension_count") is { } rotated && HeadDim(keys) is { } headDim && rotated < headDim && keys.Architecture != "deepseek2")
            rope["partial_rotary_factor"] = rotated / headDim;
        if (keys.Architecture is not ("gemma3" or "modern-bert"))
            return rope;
        return new JsonObject
        {
            ["full_attention"] = rope,
            ["sliding_attention"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = keys.Number("rope.freq_base_swa") ?? LocalTheta },
        };
    }

    private static void Divisors(JsonObject rope, GgufKeys keys)
    {
        if (keys.File.TryGet("rope_freqs.weight", out var divisors))
        {
            rope["rope_type"] = "divisors";
            rope["divisors"] = Numbers(divisors);
        }
        if (keys.File.TryGet("rope_factors_long.weight", out var longs) && keys.File.TryGet("rope_factors_short.weight", out var shorts))
        {
            rope["rope_type"] = "longrope";
            (rope["long_factor"], rope["short_factor"]) = (Numbers(longs), Numbers(shorts));
            GgufConfig.Set(rope, keys.Number("rope.scaling.attn_factor"), "attention_factor");
        }
    }

    private static JsonArray Numbers(StoredTensor tensor) => tensor.RowCount == 1 && tensor.RowLength <= ConfigObject.MaxCount
        ? [.. tensor.ReadAll().Select(value => JsonValue.Create((double)value))]
        : throw new ModelFormatException(tensor.Name, $"of shape [{string.Join(", ", tensor.Shape)}] is no row of frequency divisors.");

    private static double? HeadDim(GgufKeys keys) =>
        keys.Number("attention.key_length") ?? keys.Number("embedding_length") / keys.Number("attention.head_count");
}
