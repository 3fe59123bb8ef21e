using System.Text.Json.Nodes;
using Hone.Models;
using Hone.Unit.Models.Weights;
using Xunit;

namespace Hone.Unit.Models;

public sealed class ModelSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OpensAFolderAndKnowsItsFacts()
    {
        TinyLlama.Write(folder, TinyLlama.Config());
        File.WriteAllText(Path.Combine(folder.Path, "generation_config.json"), """{"eos_token_id": [3, 5], "temperature": 0.6, "top_k": 20}""");
        using var source = ModelSource.Open(folder.Path);
        Assert.Equal("llama", source.ModelType);
        Assert.Equal((32, 6, 4), (source.Config.ContextLength, source.Config.VocabSize, source.Config.HiddenSize));
        Assert.Equal([3, 5], source.Config.Generation.EosTokenIds);
        Assert.Equal((0.6, 20, (double?)null), (source.Config.Generation.Temperature, source.Config.Generation.TopK, source.Config.Generation.TopP));
        Assert.Null(source.Gguf);
        Assert.Equal(folder.Path, source.Folder);
    }

    [Fact]
    public void HeadIsTiedIfTheFileHoldsNoneAndNothingElseIsSaid()
    {
        TinyLlama.Write(folder, TinyLlama.Config());
        using var source = ModelSource.Open(folder.Path);
        Assert.DoesNotContain("lm_head.weight", source.Graph.Weights.Keys);
    }

    [Fact]
    public void CopyOfATiedHeadIsIgnored()
    {
        var config = TinyLlama.Config();
        config["tie_word_embeddings"] = true;
        TinyLlama.Write(folder, config, tensors => tensors.Append(("lm_head.weight", [6, 4])));
        ModelSource.Open(folder.Path).Dispose();
    }

    [Fact]
    public void TensorThatNobodyAsksForIsAnErrorNamingIt()
    {
        TinyLlama.Write(folder, TinyLlama.Config(), tensors => tensors.Append(("model.layers.0.self_attn.q_norm.weight", [2])));
        Assert.Contains("self_attn.q_norm", Assert.Throws<ModelFormatException>(() => ModelSource.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingTensorIsAnErrorNamingIt()
    {
        TinyLlama.Write(folder, TinyLlama.Config(), tensors => tensors.Where(t => !t.Name.Contains("v_proj", StringComparison.Ordinal)));
        Assert.Contains("v_proj", Assert.Throws<ModelFormatException>(() => ModelSource.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongShapeIsAnErrorWithBothShapes()
    {
        TinyLlama.Write(folder, TinyLlama.Config(), tensors => tensors.Select(t => t.Name.Contains("up_proj", StringComparison.Ordinal) ? (t.Name, [4, 8]) : t));
        var message = Assert.Throws<ModelFormatException>(() => ModelSource.Open(folder.Path)).Message;
        Assert.Contains("[4, 8]", message, StringComparison.Ordinal);
        Assert.Contains("[8, 4]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownArchitectureIsNamed()
    {
        TinyLlama.Write(folder, TinyLlama.Config());
        var config = TinyLlama.Config();
        config["model_type"] = "perceptron9";
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config.ToJsonString());
        Assert.Contains("perceptron9", Assert.Throws<ModelFormatException>(() => ModelSource.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotThereIsSaid()
    {
        Assert.Throws<ModelFormatException>(() => ModelSource.Open(Path.Combine(folder.Path, "nothing.gguf")));
        Assert.Contains("config.json", Assert.Throws<ModelFormatException>(() => ModelSource.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HashTellsWeightsApart()
    {
        TinyLlama.Write(folder, TinyLlama.Config());
        string hash;
        using (var source = ModelSource.Open(folder.Path))
            hash = source.WeightsHash;
        using (var again = ModelSource.Open(folder.Path))
            Assert.Equal(hash, again.WeightsHash);
        var file = Path.Combine(folder.Path, "model.safetensors");
        var bytes = File.ReadAllBytes(file);
        bytes[^2] = 0x3F;
        File.WriteAllBytes(file, bytes);
        using var changed = ModelSource.Open(folder.Path);
        Assert.NotEqual(hash, changed.WeightsHash);
    }

    [Fact]
    public void NestedTextModelIsUnnested()
    {
        var config = new JsonObject { ["model_type"] = "outer", ["eos_token_id"] = 2, ["text_config"] = TinyLlama.Config() };
        TinyLlama.Write(folder, config);
        using var source = ModelSource.Open(folder.Path);
        Assert.Equal("llama", source.ModelType);
        Assert.Equal([2], source.Config.Generation.EosTokenIds);
    }
}
