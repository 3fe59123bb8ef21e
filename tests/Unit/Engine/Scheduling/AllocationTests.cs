using Hone.Engine;
using Hone.Engine.Cache;
using Hone.Engine.Sampling;
using Hone.Engine.Scheduling;
using Hone.TestKit;

namespace Hone.Unit.Engine.Scheduling;

public sealed class AllocationTests
{
    /// <summary>200 steps over block borders, sampled every way, events read as they come.</summary>
    [Fact]
    public void Decoding_allocates_nothing()
    {
        using var runner = new StubModelRunner(new StubModel { BlockSize = 32, BlockCount = 200, SlotCount = 24 });
        var limits = new EngineLimits(new EngineOptions { ContextLength = 600 }, runner);
        var cache = new StateCache(runner, limits.ContextLength);
        var counters = new Counters();
        var scheduler = new Scheduler(runner, limits, cache, counters);
        SamplingOptions[] options =
        [
            new() { Temperature = 0 }, new() { Seed = 1 }, new() { TopP = 0.9, TopK = 40 }, new() { MinP = 0.1 }, new() { TypicalP = 0.9 },
            new() { LogitBias = new Dictionary<int, float> { [3] = 1 } },
        ];
        var requests = options.Select((sampling, i) => new RequestState(
            new GenerationRequest { Prompt = Requests.Text(i, 20), MaxTokens = 500, Sampling = sampling, TopLogProbs = i % 2 == 0 ? 0 : null },
            i, counters, static () => { })).ToList();
        requests.ForEach(scheduler.Enqueue);
        var tokens = 0;
        for (var i = 0; i < 100; i++)
            Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
            Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(tokens, 290 * options.Length, 300 * options.Length);

        void Step()
        {
            scheduler.Step();
            foreach (var request in requests)
            {
                while (request.Generation.Events.TryRead(out var item))
                    tokens += item.Kind == GenerationEventKind.Token ? 1 : 0;
            }
        }
    }
}
