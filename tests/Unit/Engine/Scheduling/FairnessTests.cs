using Hone.Engine;
using Hone.Engine.Cache;
using Hone.Engine.Scheduling;
using Hone.TestKit;

namespace Hone.Unit.Engine.Scheduling;

public sealed class FairnessTests : IDisposable
{
    private readonly StubModelRunner runner = new(new StubModel { BlockCount = 200, MaxBatchTokens = 64 });
    private readonly Counters counters = new();
    private readonly Scheduler scheduler;

    public FairnessTests()
    {
        var limits = new EngineLimits(new EngineOptions { ContextLength = 3000, StepTokens = 64, MaxSequences = 16 }, runner);
        scheduler = new Scheduler(runner, limits, new StateCache(runner, limits.ContextLength), counters);
    }

    public void Dispose() => runner.Dispose();

    [Fact]
    public void A_short_prompt_overtakes_a_long_prefill_that_goes_on_at_half_speed()
    {
        var longRequest = Enqueue(Requests.Text(1, 1600));
        scheduler.Step();
        var shortRequest = Enqueue([1, 2, 3]);
        scheduler.Step();
        Assert.Equal(1, Tokens(shortRequest));
        var steps = 0;
        for (; Tokens(longRequest) == 0; steps++)
        {
            Enqueue(Requests.Text(steps + 10, 100));
            scheduler.Step();
        }
        Assert.True(steps <= 1600 / 20, $"The long prompt took {steps} steps.");
    }

    private RequestState Enqueue(int[] prompt)
    {
        var request = new RequestState(Requests.Of(prompt, 1), counters.Requests + counters.Queued++, counters, static () => { });
        scheduler.Enqueue(request);
        return request;
    }

    private static int Tokens(RequestState request)
    {
        var tokens = 0;
        while (request.Generation.Events.TryRead(out var item))
            tokens += item.Kind == GenerationEventKind.Token ? 1 : 0;
        return tokens;
    }
}
