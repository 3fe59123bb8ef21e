using System.Text.Json.Nodes;
using Hone.Models.Weights.Gguf;

namespace Hone.Models.Config;

/// <summary>
/// GGUF metadata as the config.json of the same model, so that families read one spelling. What the format has no key for
/// (Gemma's score scale, biases, tied heads) is taken from the tensors or is the family's default.
/// </summary>
internal static class GgufConfig
{
    private static readonly Dictionary<string, string> ModelTypes = new()
    {
        ["llama"] = "llama",
        ["qwen2"] = "qwen2",
        ["qwen3"] = "qwen3",
        ["qwen3moe"] = "qwen3_moe",
        ["qwen3next"] = "qwen3_next",
        ["qwen35"] = "qwen3_5_text",
        ["gemma2"] = "gemma2",
        ["gemma3"] = "gemma3_text",
        ["phi3"] = "phi3",
        ["gpt2"] = "gpt2",
        ["gptneox"] = "gpt_neox",
        ["smollm3"] = "smollm3",
        ["olmo2"] = "olmo2",
        ["granite"] = "granite",
        ["granitehybrid"] = "granitemoehybrid",
        ["gpt-oss"] = "gpt_oss",
        ["mamba2"] = "mamba2",
        ["lfm2"] = "lfm2",
        ["falcon-h1"] = "falcon_h1",
        ["nemotron_h"] = "nemotron_h",
        ["deepseek2"] = "deepseek_v3",
        ["rwkv7"] = "rwkv7",
        ["bert"] = "bert",
        ["modern-bert"] = "modernbert",
        ["t5"] = "t5",
    };

    /// <summary>GGUF key → the names that families give it. Families don't share a name for different things.</summary>
    private static readonly (string Key, string[] Names)[] Renamed =
    [
        ("context_length", ["max_position_embeddings"]),
        ("embedding_length", ["hidden_size"]),
        ("attention.head_count", ["num_attention_heads"]),
        ("attention.key_length", ["head_dim", "d_kv"]),
        ("attention.layer_norm_epsilon", ["layer_norm_eps", "layer_norm_epsilon", "norm_eps"]),
        ("attention.layer_norm_rms_epsilon", ["rms_norm_eps", "layer_norm_epsilon", "norm_eps"]),
        ("attention.scale", ["attention_multiplier"]),
        ("embedding_scale", ["embedding_multiplier"]),
        ("residual_scale", ["residual_multiplier"]),
        ("logit_scale", ["logits_scaling"]),
        ("attn_logit_softcapping", ["attn_logit_softcapping"]),
        ("final_logit_softcapping", ["final_logit_softcapping"]),
        ("expert_count", ["num_experts", "n_routed_experts"]),
        ("expert_used_count", ["num_experts_per_tok"]),
        ("expert_feed_forward_length", ["moe_intermediate_size"]),
        ("expert_shared_feed_forward_length", ["shared_expert_intermediate_size", "shared_intermediate_size"]),
        ("expert_shared_count", ["n_shared_experts"]),
        ("expert_group_count", ["n_group"]),
        ("expert_group_used_count", ["topk_group"]),
        ("expert_weights_scale", ["routed_scaling_factor"]),
        ("leading_dense_block_count", ["first_k_dense_replace"]),
        ("attention.q_lora_rank", ["q_lora_rank"]),
        ("attention.kv_lora_rank", ["kv_lora_rank"]),
        ("attention.value_length_mla", ["v_head_dim"]),
        ("ssm.conv_kernel", ["conv_kernel", "mamba_d_conv", "linear_conv_kernel_dim"]),
        ("ssm.state_size", ["state_size", "ssm_state_size", "mamba_d_state", "linear_key_head_dim"]),
        ("ssm.group_count", ["n_groups", "mamba_n_groups", "linear_num_key_heads"]),
        ("ssm.time_step_rank", ["num_heads", "mamba_num_heads", "mamba_n_heads", "linear_num_value_heads"]),
        ("shortconv.l_cache", ["conv_L_cache"]),
        ("full_attention_interval", ["full_attention_interval"]),
        ("decoder_block_count", ["num_decoder_layers"]),
        ("decoder_start_token_id", ["decoder_start_token_id"]),
        ("attention.relative_buckets_count", ["relative_attention_num_buckets"]),
        ("wkv.head_size", ["head_dim"]),
    ];

    public static JsonObject Read(GgufFile file)
    {
        var keys = new GgufKeys(file);
        if (!ModelTypes.TryGetValue(keys.Architecture, out var modelType))
        {
            var known = string.Join(", ", ModelTypes.Keys.Order(StringComparer.Ordinal));
            throw new ModelFormatException("general.architecture", $"is '{keys.Architecture}', which is not built (built are: {known}).");
        }
        var layers = keys.Number("block_count") is { } count and >= 1 and <= ConfigObject.MaxCount
            ? (int)count
            : throw keys.Error("block_count", $"must be a number from 1 to {ConfigObject.MaxCount}");
        var config = new JsonObject
        {
            ["model_type"] = modelType == "llama" && keys.Number("expert_count") > 0 ? "mixtral" : modelType,
            ["num_hidden_layers"] = layers,
        };
        foreach (var (key, names) in Renamed)
            Set(config, keys.Number(key), names);
        Set(config, keys.Common("feed_forward_length", layers), "intermediate_size");
        Set(config, keys.Common("attention.head_count_kv", layers), "num_key_value_heads");
        if (keys.ShapeOf("token_embd.weight") is [var vocabulary, _])
            config["vocab_size"] = vocabulary;

        config["attention_bias"] = keys.AnyTensor(".attn_q.bias") || keys.AnyTensor(".attn_qkv.bias");
        config["mlp_bias"] = keys.AnyTensor(".ffn_up.bias");
        config["use_conv_bias"] = keys.AnyTensor(".ssm_conv1d.bias");
        config["mamba_conv_bias"] = keys.AnyTensor(".ssm_conv1d.bias");
        config["conv_bias"] = keys.AnyTensor(".shortconv.conv.bias");
        GgufFamilies.Complete(config, keys, layers);
        config["rope_parameters"] ??= GgufRope.Parameters(keys);
        GgufTokens.AddIds(config, file.Metadata);
        return config;
    }

    /// <summary>Sets a number under all its names that have none yet; a whole number is written as one.</summary>
    internal static void Set(JsonObject config, double? value, params string[] names)
    {
        foreach (var name in names)
        {
            if (value is { } number && config[name] is null)
                config[name] = number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number);
        }
    }
}
