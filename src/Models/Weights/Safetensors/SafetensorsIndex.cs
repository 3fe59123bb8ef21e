using System.Text.Json;

namespace Hone.Models.Weights.Safetensors;

/// <summary>model.safetensors.index.json: {"weight_map": {tensor: file}}.</summary>
internal static class SafetensorsIndex
{
    public const string FileName = "model.safetensors.index.json";
    private const long MaxBytes = 100_000_000;
    private static readonly char[] NotInNames = ['/', '\\', '\0'];
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary>File name by tensor name; every file name is that of a file beside the index.</summary>
    public static Dictionary<string, string> Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new WeightFormatException(path, $"the index is larger than {MaxBytes} bytes");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new WeightFormatException(path, "the index has no object weight_map");
            var files = new Dictionary<string, string>();
            foreach (var entry in map.EnumerateObject())
            {
                if (!files.TryAdd(entry.Name, Shard(path, entry)))
                    throw new WeightFormatException(path, "appears twice in weight_map", entry.Name);
            }
            return files;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: an escape such as \ud800 in a string
        {
            throw new WeightFormatException(path, $"the index is not valid JSON: {e.Message}", inner: e);
        }
    }

    private static string Shard(string path, JsonProperty entry)
    {
        var file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
        if (!file.EndsWith(".safetensors", StringComparison.Ordinal) || file.IndexOfAny(NotInNames) >= 0)
            throw new WeightFormatException(path, $"weight_map gives {WeightFormatException.Excerpt(file)}, which is not the name of a safetensors file beside the index", entry.Name);
        return file;
    }
}
