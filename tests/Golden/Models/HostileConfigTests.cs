using System.Text.Json.Nodes;
using Hone.Models;
using Hone.Models.Config;
using Hone.Models.Weights.Naming;
using Hone.Models.Weights.Safetensors;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Every key of every golden configuration, taken away or set to nonsense: a graph or a typed error, never a crash, never much memory.</summary>
public sealed class HostileConfigTests
{
    private const long MaxAllocated = 400 << 20;

    private static readonly string[] Nonsense =
    [
        "null", "-1", "0", "1", "3", "8192", "1e9", "2147483647", "9223372036854775808", "1e300", "0.3", "-0.5", "{\"__float__\": \"Infinity\"}",
        "true", "false", "\"\"", "\"unknown\"", "[]", "[1e300]", "[\"full_attention\"]", "{}", "{\"rope_type\": \"yarn\"}", "{\"full_attention\": 3}",
    ];

    public static TheoryData<string> Folders() => new(GoldenModels.Folders());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void AreRefusedOrBuilt(string folder)
    {
        var text = File.ReadAllText(GoldenRoot.Require("models", folder, "config.json"));
        using var weights = SafetensorsFolder.Open(GoldenRoot.Require("models", folder));
        var files = new FolderCheckpoint(weights);
        var refused = 0;
        foreach (var (where, change) in Changes(text))
        {
            var root = ConfigFile.Parse("config.json", text);
            change(root);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ModelRegistry.Build(new ModelConfig("config.json", root), files);
            }
            catch (ModelFormatException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{where}: {e}");
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxAllocated, where);
        }
        Assert.NotEqual(0, refused);
    }

    private static IEnumerable<(string Where, Action<JsonObject> Change)> Changes(string text)
    {
        var config = ConfigFile.Parse("config.json", text);
        foreach (var key in config.Select(pair => pair.Key))
        {
            yield return ($"without {key}", root => root.Remove(key));
            foreach (var value in Nonsense)
                yield return ($"{key} = {value}", root => root[key] = JsonNode.Parse(value));
        }
        if (config["rope_parameters"] is not JsonObject rope)
            yield break;
        foreach (var key in rope.Select(pair => pair.Key))
        {
            foreach (var value in Nonsense)
                yield return ($"rope_parameters.{key} = {value}", root => root["rope_parameters"]![key] = JsonNode.Parse(value));
        }
    }
}
