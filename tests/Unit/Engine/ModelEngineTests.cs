using Hone.Engine;
using Hone.Engine.Sampling;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

public sealed class ModelEngineTests
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generates_to_the_limit()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel()), new EngineOptions { ContextLength = 1000 });
        var answer = await Answer.OfAsync(engine, new GenerationRequest { Prompt = new[] { 1, 2, 3 }, MaxTokens = 20, Sampling = Greedy }, Cancellation);
        Assert.Equal(20, answer.Tokens().Length);
        Assert.Equal(FinishReason.Length, answer.Reason());
    }
}
