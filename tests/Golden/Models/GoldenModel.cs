using System.Text.Json;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.Models;

public enum ModelKind { Decoder, Encoder, EncoderDecoder }

/// <summary>One folder of golden/models: the model and what it must give.</summary>
public sealed class GoldenModel(string path) : IDisposable
{
    private readonly JsonDocument json = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(path, "golden.json")));

    public static GoldenModel Open(string folder) => new(GoldenRoot.Require("models", folder));

    public JsonElement Json => json.RootElement;

    public GoldenTensors Tensors { get; } = new(Path.Combine(path, "golden.safetensors"));

    public ModelKind Kind => Json.GetProperty("kinds")[0].GetString() switch
    {
        "encoder" => ModelKind.Encoder,
        "encoder-decoder" => ModelKind.EncoderDecoder,
        _ => ModelKind.Decoder,
    };

    public string File(string name) => Path.Combine(path, name);

    public double Tolerance(string what) => Json.GetProperty("tolerance").GetProperty(what).GetDouble();

    /// <summary>Opens the model; an architecture that is not built skips the test by name.</summary>
    public ModelSource Source(string config = "config.json")
    {
        var type = Json.GetProperty("model_type").GetString()!;
        if (!ModelRegistry.ModelTypes.Contains(type))
            Assert.Skip($"{type} is not built.");
        return ModelSource.Open(path, config);
    }

    public void Dispose()
    {
        json.Dispose();
        Tensors.Dispose();
    }
}
