using System.Text.Json.Nodes;
using Hone.Models.Config;
using Hone.Models.Families;
using Hone.Models.Graph;
using Hone.Unit.Models.Weights;

namespace Hone.Unit.Models;

/// <summary>A Llama of one layer as a folder: configuration and zeros.</summary>
internal static class TinyLlama
{
    public static JsonObject Config() => new()
    {
        ["model_type"] = "llama",
        ["vocab_size"] = 6,
        ["hidden_size"] = 4,
        ["num_hidden_layers"] = 1,
        ["num_attention_heads"] = 2,
        ["intermediate_size"] = 8,
        ["max_position_embeddings"] = 32,
        ["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 10000 },
    };

    public static ModelGraph Graph(JsonObject config) => Hone.Models.ModelRegistry.Build(new ModelConfig("config.json", ConfigFile.Parse("config.json", config.ToJsonString())), new NoFiles());

    /// <summary>Writes config.json and model.safetensors with every tensor that the graph asks for, after <paramref name="change"/>.</summary>
    public static void Write(TemporaryFolder folder, JsonObject config, Func<IEnumerable<(string Name, int[] Shape)>, IEnumerable<(string Name, int[] Shape)>>? change = null)
    {
        var tensors = Graph(config).Weights.Values.Select(w => (w.Name, w.Shape));
        var stored = (change?.Invoke(tensors) ?? tensors).Select(t => (t.Name, "F32", t.Shape, new byte[4 * t.Shape.Aggregate(1, (a, b) => a * b)]));
        folder.Write("model.safetensors", TestFiles.Safetensors([.. stored]));
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config.ToJsonString());
    }

    private sealed class NoFiles : IWeightCatalog
    {
        public int[]? ShapeOf(string name) => null;
    }
}
