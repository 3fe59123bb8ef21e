using Hone.Models.Graph;
using Xunit;

namespace Hone.Unit.Models.Graph;

public sealed class GraphSummaryTests
{
    [Fact]
    public void CountsALlamaByHand()
    {
        // vocabulary 6 (tied), hidden 4, one layer of two heads of 2, MLP 8
        var summary = new GraphSummary(TinyLlama.Graph(TinyLlama.Config()));
        var matrices = 4 * 4 * 4 + 3 * 4 * 8;
        Assert.Equal(6 * 4 + matrices + 3 * 4, summary.Parameters);
        Assert.Equal(summary.Parameters, summary.ActiveParameters);
        Assert.Equal(2 * 2 * 2, summary.KvNumbersPerToken);
        Assert.Equal(0, summary.SlotNumbers);
        Assert.Equal(2 * (matrices + 6 * 4) + 2 * 2 * 4 * 11, summary.FlopsPerToken(context: 10));
    }

    [Fact]
    public void ExpertsThatRestDontCount()
    {
        var config = TinyLlama.Config();
        config["model_type"] = "mixtral";
        config["num_local_experts"] = 8;
        config["num_experts_per_tok"] = 2;
        var summary = new GraphSummary(TinyLlama.Graph(config));
        Assert.Equal(6 * 3 * 4 * 8, summary.Parameters - summary.ActiveParameters);
    }
}
