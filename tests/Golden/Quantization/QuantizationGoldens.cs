using System.Text.Json;
using Hone.Models.Weights.Safetensors;
using Hone.TestKit;

namespace Hone.Golden.Quantization;

/// <summary>What lies in golden/quantization, enumerated from the folder.</summary>
internal static class QuantizationGoldens
{
    private const string Folder = "quantization";

    public static string Require(params string[] parts) => GoldenRoot.Require([Folder, .. parts]);

    public static SafetensorsFile Open(params string[] parts) => SafetensorsFile.Open(Require(parts));

    public static JsonElement Json(params string[] parts) => JsonElement.Parse(File.ReadAllText(Require(parts)));

    /// <summary>Names that <paramref name="read"/> finds in a golden file; one empty name if there is no such file, whose test then skips by asking for it.</summary>
    public static TheoryData<string> Names(string[] parts, Func<string, IEnumerable<string>> read) => GoldenRoot.Has([Folder, .. parts])
        ? [.. read(GoldenRoot.Require([Folder, .. parts]))]
        : [""];
}
