using System.Text.Json;

namespace Hone.Models.Weights.Checkpoints;

/// <summary>The <c>quantization_config</c> of a compressed-tensors checkpoint: which of its weight schemes we read.</summary>
internal static class CompressedTensorsConfig
{
    /// <summary>Refuses by name whatever changes how weights are stored or used and is not built: other formats, transforms, sparsity, fp8 caches.</summary>
    public static void RequireBuilt(JsonElement config, string file)
    {
        if (config.ValueKind != JsonValueKind.Object)
            throw new WeightFormatException(file, "quantization_config is not a JSON object");
        if (Text(config, "quant_method") is var method and not "compressed-tensors")
            throw CheckpointFolder.NotBuilt(file, method.Length > 0 ? method : "an unnamed quant_method");
        foreach (var name in (string[])["kv_cache_scheme", "sparsity_config", "transform_config"])
        {
            if (config.TryGetProperty(name, out var part) && !IsEmpty(part))
                throw CheckpointFolder.NotBuilt(file, $"compressed-tensors with {name}");
        }
        if (!config.TryGetProperty("config_groups", out var groups) || groups.ValueKind != JsonValueKind.Object || IsEmpty(groups))
            throw new WeightFormatException(file, "quantization_config has no config_groups");
        var globalFormat = Text(config, "format");
        foreach (var group in groups.EnumerateObject())
            RequireBuiltGroup(group.Value, globalFormat, file);
    }

    private static void RequireBuiltGroup(JsonElement group, string globalFormat, string file)
    {
        if (group.ValueKind != JsonValueKind.Object || !group.TryGetProperty("weights", out var weights) || weights.ValueKind != JsonValueKind.Object)
            throw new WeightFormatException(file, "a group of quantization_config has no weights");
        var format = Text(group, "format") is { Length: > 0 } own ? own : globalFormat;
        var scheme = $"{Text(weights, "type")}{Text(weights, "num_bits")} {Text(weights, "strategy")} {Text(weights, "group_size")}".TrimEnd();
        var built = (format, scheme) is ("float-quantized", "float8 channel") or ("nvfp4-pack-quantized", "float4 tensor_group 16");
        if (!built || Text(weights, "symmetric") == bool.FalseString)
            throw CheckpointFolder.NotBuilt(file, $"compressed-tensors format {format} ({scheme}{(built ? ", not symmetric" : "")})");
    }

    /// <summary>A property as text, "" if it is absent or null.</summary>
    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static bool IsEmpty(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => !element.EnumerateObject().Any(),
        _ => false,
    };
}
