using Hone.Models;
using Hone.Models.Adapters;
using Hone.Models.Config;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Adapters that PEFT wrote: every tensor finds its linear, or the adapter is refused by the key that is not built.</summary>
public sealed class AdapterTests
{
    private static readonly string[] NotBuilt = ["use_dora", "modules_to_save", "bias"];

    public static TheoryData<string> Folders() => new(
        !GoldenRoot.Has("training", "lora") ? []
        : Directory.EnumerateDirectories(GoldenRoot.Require("training", "lora"))
            .Where(path => File.Exists(Path.Combine(path, "adapter_config.json")))
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void MatchTheModel(string folder)
    {
        var path = GoldenRoot.Require("training", "lora", folder);
        var config = new ConfigObject(path, ConfigFile.Read(Path.Combine(path, "adapter_config.json")));
        var missing = NotBuilt.FirstOrDefault(key => config.Values[key]?.ToJsonString() is not (null or "false" or "[]" or "\"none\""));
        using var model = ModelSource.Open(Path.GetFullPath(Path.Combine(path, config.Text("base_model_name_or_path"))));
        if (missing is not null)
        {
            Assert.Contains($"'{missing}'", Assert.Throws<ModelFormatException>(() => LoraAdapter.Open(path, model)).Message, StringComparison.Ordinal);
            return;
        }
        var adapter = LoraAdapter.Open(path, model);
        using var file = new GoldenTensors(Path.Combine(path, "adapter_model.safetensors"));
        Assert.Equal(file.Names.Count(), 2 * adapter.Pairs.Count);
        foreach (var (name, pair) in adapter.Pairs)
        {
            var stem = $"base_model.model.{name[..^".weight".Length]}";
            Assert.Equal(file.Floats($"{stem}.lora_A.weight"), pair.A);
            Assert.Equal(file.Floats($"{stem}.lora_B.weight"), pair.B);
            Assert.Equal(file.Shape($"{stem}.lora_A.weight")[0], pair.Rank);
            Assert.InRange(pair.Scale, double.Epsilon, double.MaxValue);
        }
    }
}
