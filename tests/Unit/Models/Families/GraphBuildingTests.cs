using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Xunit;

namespace Hone.Unit.Models.Families;

public sealed class GraphBuildingTests
{
    [Fact]
    public void LlamaIsNormAttentionNormMlpHead()
    {
        var graph = TinyLlama.Graph(TinyLlama.Config());
        Assert.Equal(
            ["Embedding", "Norm", "Linear", "Linear", "Linear", "Rope", "Rope", "Attention", "Linear", "Add",
             "Norm", "Linear", "Activation", "Linear", "Mul", "Linear", "Add", "OutputRows", "Norm", "Linear"],
            graph.Nodes.Select(n => n.Op.GetType().Name));
        Assert.Equal("model.layers.0", Assert.Single(graph.Borders).Scope);
        var kv = Assert.IsType<KvState>(Assert.Single(graph.States).Value);
        Assert.Equal(("model.layers.0.self_attn.kv", 2, 2), (kv.Name, kv.Heads, kv.DimK));
        Assert.False(graph.RecomputesWhole);
    }

    [Fact]
    public void DynamicRotationRecomputesTheWhole()
    {
        var config = TinyLlama.Config();
        config["rope_parameters"]!["rope_type"] = "dynamic";
        config["rope_parameters"]!["factor"] = 4;
        config["head_dim"] = 4;
        Assert.True(TinyLlama.Graph(config).RecomputesWhole);
    }

    [Theory]
    [InlineData("num_attention_heads", 8192)]
    [InlineData("num_key_value_heads", 3)]
    [InlineData("head_dim", 3)]
    [InlineData("hidden_act", "mish9")]
    [InlineData("rope_parameters", 5)]
    [InlineData("vocab_size", -1)]
    public void SizesThatDontFitAreATypedError(string key, object value)
    {
        var config = TinyLlama.Config();
        config[key] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        Assert.Throws<ModelFormatException>(() => TinyLlama.Graph(config));
    }

    [Fact]
    public void AMillionExpertsEndInAnErrorNotInMemory()
    {
        var config = TinyLlama.Config();
        config["model_type"] = "mixtral";
        config["num_hidden_layers"] = 8192;
        config["num_local_experts"] = 8192;
        config["num_experts_per_tok"] = 2;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ModelFormatException>(() => TinyLlama.Graph(config));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300 << 20);
    }

    [Fact]
    public void ATensorAskedForInTwoWaysIsAnError()
    {
        var graph = new ModelGraph();
        var x = graph.Root.Embedding("a", 4, 4);
        Assert.Throws<GraphException>(() => graph.Root.Linear(x, "a", 5));
    }
}
