using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Hone.Models;
using Hone.Models.Config;
using Hone.Models.Weights;
using Hone.Models.Weights.Naming;
using Hone.Models.Weights.Safetensors;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>What public downloads do otherwise than the golden folders: names with another beginning, the text model nested in the configuration.</summary>
public sealed class PublicSpellingTests
{
    public static TheoryData<string> Folders() => new(GoldenModels.Folders());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void OtherBeginningsOfNames(string folder)
    {
        var path = GoldenRoot.Require("models", folder);
        using var plain = ModelSource.Open(path);
        foreach (var (name, inFile) in plain.Graph.Prefixes)
        {
            var source = new Renamed(SafetensorsFolder.Open(path), name, inFile);
            using var other = new ModelSource(path, source, plain.Config, new FolderCheckpoint(source));
            Assert.Equal(GraphText.Of(plain.Graph), GraphText.Of(other.Graph));
            Assert.NotEqual(source.Names.Order(StringComparer.Ordinal), plain.Graph.Weights.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void NestedTextModel(string folder)
    {
        var path = GoldenRoot.Require("models", folder);
        using var plain = ModelSource.Open(path);
        var text = ConfigFile.Read(Path.Combine(path, "config.json"));
        var nested = new JsonObject { ["model_type"] = "outer", ["vision_config"] = new JsonObject(), ["text_config"] = text };
        using var source = SafetensorsFolder.Open(path);
        var graph = ModelRegistry.Build(new ModelConfig("config.json", nested), new FolderCheckpoint(source));
        Assert.Equal(GraphText.Of(plain.Graph), GraphText.Of(graph));
    }

    /// <summary>A checkpoint whose names begin otherwise.</summary>
    private sealed class Renamed(SafetensorsFolder inner, string from, string to) : IWeightSource
    {
        private readonly Dictionary<string, string> names = inner.Names.ToDictionary(
            name => name.StartsWith(from, StringComparison.Ordinal) ? to + name[from.Length..] : name);

        public IEnumerable<string> Names => names.Keys;

        public long TotalBytes => inner.TotalBytes;

        public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor)
        {
            tensor = null;
            return names.TryGetValue(name, out var original) && inner.TryGet(original, out tensor);
        }

        public void Dispose() => inner.Dispose();
    }
}
