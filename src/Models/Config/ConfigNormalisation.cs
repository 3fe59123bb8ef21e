using System.Text.Json.Nodes;

namespace Hone.Models.Config;

/// <summary>
/// Brings the spellings of public config.json files (transformers 4, gpt2's and T5's own names, nested text models) to the one that
/// families read, transformers 5's. Source: reference tables of transformers' configuration classes.
/// </summary>
internal static class ConfigNormalisation
{
    /// <summary>Canonical key ← older or model-specific keys.</summary>
    private static readonly (string Name, string[] Others)[] Aliases =
    [
        ("hidden_size", ["n_embd", "d_model"]),
        ("num_hidden_layers", ["n_layer", "num_layers", "encoder_layers"]),
        ("num_attention_heads", ["n_head", "num_heads", "encoder_attention_heads"]),
        ("max_position_embeddings", ["n_positions", "context_length"]),
        ("intermediate_size", ["n_inner", "d_ff", "block_ff_dim"]),
        ("num_experts", ["num_local_experts"]),
        ("hidden_act", ["hidden_activation", "activation_function"]),
    ];

    public static JsonObject Apply(JsonObject root)
    {
        var config = Unnest(root);
        foreach (var (name, others) in Aliases)
        {
            foreach (var other in others)
                CopyIfMissing(config, other, config, name);
        }
        if (config["num_senses"] is not null)
            config["model_type"] = "backpack-gpt2"; // the public class says gpt2
        LayerTypes(config);
        RopeParameters(config);
        return config;
    }

    /// <summary>Models with a vision part keep the language model's keys under text_config.</summary>
    private static JsonObject Unnest(JsonObject root)
    {
        if (root["text_config"] is not JsonObject nested)
            return root;
        var config = (JsonObject)nested.DeepClone();
        foreach (var name in (string[])["architectures", "model_type", "tie_word_embeddings", "bos_token_id", "eos_token_id", "pad_token_id"])
            CopyIfMissing(root, name, config, name);
        return config;
    }

    private static void LayerTypes(JsonObject config)
    {
        if (config["layers_block_type"] is null && config["hybrid_override_pattern"] is JsonValue pattern && pattern.TryGetValue(out string? letters))
            config["layers_block_type"] = new JsonArray([.. letters.Select(BlockOfLetter)]);
        foreach (var key in (string[])["layer_types", "layers_block_type"])
        {
            if (config[key] is JsonArray types)
                config[key] = new JsonArray([.. types.Select(BlockOfName)]);
        }
        if (config["num_hidden_layers"] is null && config["layers_block_type"] is JsonArray blocks)
            config["num_hidden_layers"] = JsonNode.Parse($"{blocks.Count}");
    }

    private static JsonNode BlockOfLetter(char letter) => letter switch
    {
        'M' => "linear_attention",
        '*' => "full_attention",
        '-' => "mlp",
        'E' => "moe",
        _ => letter.ToString(),
    };

    private static JsonNode? BlockOfName(JsonNode? type) =>
        type is JsonValue v && v.TryGetValue(out string? name)
            ? name switch { "mamba" => "linear_attention", "attention" => "full_attention", _ => name }
            : type?.DeepClone();

    private static void RopeParameters(JsonObject config)
    {
        if (config["rope_parameters"] is null)
        {
            var rope = config["rope_scaling"] is JsonObject scaling ? (JsonObject)scaling.DeepClone() : [];
            CopyIfMissing(rope, "type", rope, "rope_type");
            foreach (var name in (string[])["rope_theta", "rotary_emb_base", "global_rope_theta"])
                CopyIfMissing(config, name, rope, "rope_theta");
            config["rope_parameters"] = rope;
            foreach (var name in (string[])["rope_local_base_freq", "local_rope_theta"]) // gemma3, modernbert: one rotation for each kind of layer
            {
                if (config[name] is not { } local)
                    continue;
                config["rope_parameters"] = new JsonObject
                {
                    ["full_attention"] = rope.DeepClone(),
                    ["sliding_attention"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = local.DeepClone() },
                };
                break;
            }
        }
        if (config["rope_parameters"] is not JsonObject parameters)
            return;
        CopyIfMissing(config, "partial_rotary_factor", parameters, "partial_rotary_factor");
        CopyIfMissing(config, "rotary_pct", parameters, "partial_rotary_factor");
        CopyIfMissing(config, "original_max_position_embeddings", parameters, "original_max_position_embeddings");
    }

    private static void CopyIfMissing(JsonObject from, string name, JsonObject to, string target)
    {
        if (to[target] is null && from[name] is { } value)
            to[target] = value.DeepClone();
    }
}
