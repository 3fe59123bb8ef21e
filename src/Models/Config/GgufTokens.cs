using System.Text.Json.Nodes;
using Hone.Models.Weights.Gguf;

namespace Hone.Models.Config;

/// <summary>Special ids and sampling defaults out of GGUF metadata, under the names of config.json and generation_config.json.</summary>
internal static class GgufTokens
{
    public static void AddIds(JsonObject config, GgufMetadata metadata)
    {
        Copy(metadata, "tokenizer.ggml.bos_token_id", config, "bos_token_id");
        Copy(metadata, "tokenizer.ggml.padding_token_id", config, "pad_token_id");
        var ends = new JsonArray();
        foreach (var key in (string[])["eos_token_id", "eot_token_id", "eom_token_id"])
        {
            if (metadata.TryGet($"tokenizer.ggml.{key}", out var id) && !ends.Any(e => e!.GetValue<long>() == id.AsInteger()))
                ends.Add(JsonValue.Create(id.AsInteger()));
        }
        config["eos_token_id"] = ends;
    }

    /// <summary>llama.cpp's general.sampling.* keys.</summary>
    public static JsonObject Sampling(GgufMetadata metadata)
    {
        var generation = new JsonObject();
        foreach (var (key, name) in ((string, string)[])[("temp", "temperature"), ("top_p", "top_p"), ("top_k", "top_k"), ("min_p", "min_p"), ("penalty_repeat", "repetition_penalty")])
            Copy(metadata, $"general.sampling.{key}", generation, name);
        return generation;
    }

    private static void Copy(GgufMetadata metadata, string key, JsonObject to, string name)
    {
        if (metadata.TryGet(key, out var value))
            GgufConfig.Set(to, value.AsNumber(), name);
    }
}
