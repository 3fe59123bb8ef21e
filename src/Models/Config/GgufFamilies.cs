using System.Text.Json.Nodes;

namespace Hone.Models.Config;

/// <summary>What single architectures say in their own way, or leave to the reader.</summary>
internal static class GgufFamilies
{
    public static void Complete(JsonObject config, GgufKeys keys, int layers)
    {
        switch (keys.Architecture)
        {
            case "qwen35" or "qwen3next":
                LinearHeads(config, keys, "linear_value_head_dim");
                LayerKinds(config, "layer_types", keys.PerLayer("attention.recurrent_layers", layers)?.Select(r => r != 0 ? "linear_attention" : "full_attention"));
                config["linear_value_heads_tiled"] = keys.Architecture == "qwen35"; // Qwen3.5's converter reorders value heads
                break;
            case "mamba2":
                LinearHeads(config, keys, "head_dim");
                break;
            case "falcon-h1":
                LinearHeads(config, keys, "mamba_d_head");
                break;
            case "granitehybrid":
                LinearHeads(config, keys, "mamba_d_head");
                LayerKinds(config, "layer_types", KvHeads(keys, layers).Select(kv => kv == 0 ? "linear_attention" : "full_attention"));
                config["position_embedding_type"] = keys.Flag("rope.scaling.finetuned") == false ? "nope" : "rope";
                GgufConfig.Set(config, keys.Common("feed_forward_length", layers), "shared_intermediate_size"); // models without experts
                break;
            case "nemotron_h":
                LinearHeads(config, keys, "mamba_head_dim");
                var wide = keys.PerLayer("feed_forward_length", layers) ?? throw keys.Error("feed_forward_length", "is missing");
                LayerKinds(config, "layers_block_type", KvHeads(keys, layers).Zip(wide, (kv, ff) => kv > 0 ? "full_attention" : ff > 0 ? "mlp" : "linear_attention"));
                break;
            case "lfm2":
                LayerKinds(config, "layer_types", KvHeads(keys, layers).Select(kv => kv == 0 ? "conv" : "full_attention"));
                break;
            case "gemma2" or "gemma3":
                Gemma(config, keys, layers);
                break;
            case "gpt-oss":
                Window(config, keys);
                GgufConfig.Set(config, keys.Number("expert_feed_forward_length"), "intermediate_size");
                break;
            case "phi3":
                Window(config, keys);
                break;
            case "deepseek2":
                DeepSeek(config, keys);
                break;
            case "gptneox":
                config["use_parallel_residual"] = keys.Flag("use_parallel_residual") ?? true;
                break;
            case "bert":
                GgufConfig.Set(config, keys.ShapeOf("token_types.weight")?[0], "type_vocab_size");
                GgufConfig.Set(config, keys.ShapeOf("position_embd.weight")?[0], "max_position_embeddings");
                break;
            case "modern-bert":
                GgufConfig.Set(config, keys.Number("attention.sliding_window"), "local_attention");
                GgufConfig.Set(config, keys.Number("attention.sliding_window_pattern"), "global_attn_every_n_layers");
                break;
            case "t5":
                config["feed_forward_proj"] = keys.HasTensor("enc.blk.0.ffn_gate.weight") ? "gated-gelu" : "relu";
                config["scale_decoder_outputs"] = !keys.HasTensor("output.weight"); // the format has no key: tied heads are scaled
                break;
        }
    }

    /// <summary>Width of a head: the inner width over the number of heads.</summary>
    private static void LinearHeads(JsonObject config, GgufKeys keys, string name)
    {
        var (inner, heads) = (keys.Number("ssm.inner_size"), keys.Number("ssm.time_step_rank"));
        if (inner is null || heads is null or < 1 || inner % heads != 0)
            throw keys.Error("ssm.inner_size", $"is {inner}, which is no whole number of {heads} heads");
        GgufConfig.Set(config, inner / heads, name);
    }

    private static double[] KvHeads(GgufKeys keys, int layers) =>
        keys.PerLayer("attention.head_count_kv", layers) ?? throw keys.Error("attention.head_count_kv", "is missing");

    private static void LayerKinds(JsonObject config, string name, IEnumerable<string>? kinds)
    {
        if (kinds is not null)
            config[name] = new JsonArray([.. kinds.Select(kind => JsonValue.Create(kind))]);
    }

    private static void Window(JsonObject config, GgufKeys keys)
    {
        if (keys.Number("attention.sliding_window") is > 0 and var window) // 0 = none
            GgufConfig.Set(config, window, "sliding_window");
    }

    private static void Gemma(JsonObject config, GgufKeys keys, int layers)
    {
        Window(config, keys);
        // Only the 27B models (46 layers of Gemma 2, 62 of Gemma 3) scale by hidden / heads; the format has no key for it.
        var large = layers == (keys.Architecture == "gemma2" ? 46 : 62);
        var scale = large ? keys.Number("embedding_length") / keys.Number("attention.head_count") : keys.Number("attention.key_length");
        GgufConfig.Set(config, scale, "query_pre_attn_scalar");
        if (keys.File.Metadata.TryGet($"{keys.Architecture}.attention.sliding_window_pattern", out var pattern))
        {
            if (pattern.Type == Weights.Gguf.GgufValueType.Array)
                LayerKinds(config, "layer_types", keys.PerLayer("attention.sliding_window_pattern", layers)!.Select(s => s != 0 ? "sliding_attention" : "full_attention"));
            else
                GgufConfig.Set(config, pattern.AsNumber(), "sliding_window_pattern");
        }
    }

    private static void DeepSeek(JsonObject config, GgufKeys keys)
    {
        var rotated = keys.Number("rope.dimension_count") ?? throw keys.Error("rope.dimension_count", "is missing");
        var key = keys.Number("attention.key_length_mla") ?? throw keys.Error("attention.key_length_mla", "is missing; files without it are of an older layout, which is not built");
        GgufConfig.Set(config, rotated, "qk_rope_head_dim");
        GgufConfig.Set(config, key - rotated, "qk_nope_head_dim");
        config["norm_topk_prob"] = keys.Flag("expert_weights_norm") ?? false;
        config["scoring_func"] = keys.Number("expert_gating_func") == 2 ? "sigmoid" : "softmax";
        var rope = GgufRope.Parameters(keys);
        if (keys.Number("rope.scaling.yarn_log_multiplier") is { } multiplier) // 0.1 · mscale_all_dim; mscale is lost and taken as equal
            GgufConfig.Set(rope, Math.Round(10 * multiplier, 6), "mscale", "mscale_all_dim");
        config["rope_parameters"] = rope;
    }
}
