using Hone.Models;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Every folder and GGUF file of the golden set opens: its graph asks for the file's tensors, all of them, in their shapes.</summary>
public sealed class LoadTests
{
    /// <summary>Folder and name of the configuration in it.</summary>
    public static TheoryData<string, string> Folders()
    {
        var found = new TheoryData<string, string>();
        foreach (var folder in GoldenModels.Folders())
        {
            foreach (var config in (string[])["config.json", "config.v4.json"])
            {
                if (GoldenRoot.Has("models", folder, config))
                    found.Add(folder, config);
            }
        }
        return found;
    }

    public static TheoryData<string> GgufFiles() => new(GoldenModels.GgufFiles());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void FolderOpens(string folder, string config)
    {
        using var source = ModelSource.Open(GoldenRoot.Require("models", folder), config);
        AssertComplete(source);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(GgufFiles))]
    public void GgufOpens(string file)
    {
        using var source = ModelSource.Open(GoldenRoot.Require("gguf", file));
        AssertComplete(source);
    }

    /// <summary>Older configuration, same network.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Folders))]
    public void ConfigurationsAgree(string folder, string config)
    {
        using var plain = ModelSource.Open(GoldenRoot.Require("models", folder));
        using var other = ModelSource.Open(GoldenRoot.Require("models", folder), config);
        Assert.Equal(GraphText.Of(plain.Graph), GraphText.Of(other.Graph));
        Assert.Equal(plain.Config.VocabSize, other.Config.VocabSize);
    }

    private static void AssertComplete(ModelSource source)
    {
        Assert.NotEmpty(source.Graph.Outputs);
        Assert.NotEmpty(source.Graph.Borders);
        foreach (var weight in source.Graph.Weights.Values)
        {
            var tensor = source.Tensor(weight);
            Assert.Equal(tensor.IsCanonical ? weight.CanonicalShape : weight.Shape, tensor.Shape);
            Assert.All(tensor.ReadAll(), value => Assert.True(float.IsFinite(value), weight.Name));
        }
    }
}
