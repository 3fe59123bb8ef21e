using System.Text.Json;
using Hone.Models.Weights.Safetensors;

namespace Hone.Models.Weights.Checkpoints;

/// <summary>
/// Opens the weights of a Hugging Face folder. Quantized checkpoints appear as plain <c>MODULE.weight</c> tensors whose rows bring their scales
/// along, so nothing above knows a checkpoint convention. What is not built yet is refused by its name.
/// </summary>
public static class CheckpointFolder
{
    /// <param name="folder">Holds model.safetensors or model.safetensors.index.json.</param>
    /// <param name="quantization">config.json's <c>quantization_config</c>; undefined or null if it has none.</param>
    /// <exception cref="WeightFormatException">A malformed file, or a quantization that cannot be read.</exception>
    public static IWeightSource Open(string folder, JsonElement quantization = default)
    {
        if (File.Exists(Path.Combine(folder, "hf_quant_config.json")))
            throw NotBuilt(folder, "modelopt (hf_quant_config.json)");
        if (quantization.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return SafetensorsFolder.Open(folder);
        try
        {
            CompressedTensorsConfig.RequireBuilt(quantization, folder);
        }
        catch (InvalidOperationException e) // an escape such as \ud800 in a string
        {
            throw new WeightFormatException(folder, $"quantization_config is not valid JSON: {e.Message}", inner: e);
        }
        return CompressedTensors.Open(folder);
    }

    internal static WeightFormatException NotBuilt(string file, string what) =>
        new(file, $"reading weights quantized by {what} is not built yet");
}
