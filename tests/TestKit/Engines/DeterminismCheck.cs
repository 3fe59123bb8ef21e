using Hone.Engine;
using Hone.Models;
using Xunit;

namespace Hone.TestKit.Engines;

/// <summary>
/// The determinism contract: whatever runs beside a request, however its prefill is split, whatever the cache holds and however
/// often it is preempted, its answer is the one it gets alone, byte for byte.
/// </summary>
public sealed class DeterminismCheck
{
    /// <summary>Makes the runner, with small pools, that serves all requests at once.</summary>
    public required Func<IModelRunner> Crowded { get; init; }

    /// <summary>Makes a runner for each request on its own.</summary>
    public required Func<IModelRunner> Alone { get; init; }

    public required EngineOptions Options { get; init; }

    /// <summary>Requests in flight at most.</summary>
    public int InFlight { get; init; } = 24;

    /// <summary>Runs the load, compares, and asserts that what can go wrong did occur. Returns the crowded engine's figures.</summary>
    public async Task<EngineStatistics> RunAsync(IReadOnlyList<LoadItem> load, CancellationToken cancellation)
    {
        var (answers, figures) = await CrowdedAnswersAsync(load, cancellation);
        var cut = 0;
        for (var i = 0; i < load.Count; i++)
        {
            using var engine = new ModelEngine(Alone(), Options with { StepTokens = int.MaxValue });
            var expected = await Answer.OfAsync(engine, load[i].Request, cancellation);
            for (var choice = 0; choice < load[i].Request.Choices; choice++)
            {
                var wasCut = answers[i].Error is null && answers[i].Reason(choice) == FinishReason.Cancelled;
                cut += wasCut ? 1 : 0;
                var (alone, crowded) = (expected.Describe(choice), answers[i].Describe(choice));
                if (wasCut)
                    alone = expected.Describe(choice, answers[i].PromptTokens.Count, answers[i].Tokens(choice).Length);
                Assert.True(alone == crowded, $"Request {i}, choice {choice}, of {load[i].Request.Prompt.Length} tokens, {answers[i].CachedTokens} cached:\nalone   {alone}\ncrowded {crowded}");
            }
        }
        Assert.True(figures.LargestBatch >= 4, $"The largest batch had {figures.LargestBatch} sequences.");
        Assert.True(figures.PrefixHits > 0, "No prefix was found in the cache.");
        Assert.True(figures.Preemptions > 0 || figures.BlocksTotal == 0, "Nothing was preempted.");
        Assert.True(figures.SplitPrefills > 0, "No prefill was split.");
        Assert.True(cut > 0, "No choice was cancelled on its way.");
        Assert.Equal((0, 0, 0), (figures.Running, figures.Waiting, figures.BlocksUsed));
        return figures;
    }

    private async Task<(Answer[] Answers, EngineStatistics Figures)> CrowdedAnswersAsync(IReadOnlyList<LoadItem> load, CancellationToken cancellation)
    {
        using var engine = new ModelEngine(Crowded(), Options);
        using var places = new SemaphoreSlim(InFlight);
        var reading = new List<Task<Answer>>();
        foreach (var item in load)
        {
            await places.WaitAsync(cancellation);
            reading.Add(ServeAsync(engine, item, places, cancellation));
        }
        var answers = await Task.WhenAll(reading);
        await engine.DrainAsync();
        return (answers, engine.Statistics);
    }

    private static async Task<Answer> ServeAsync(ModelEngine engine, LoadItem item, SemaphoreSlim places, CancellationToken cancellation)
    {
        try
        {
            var generation = engine.Submit(item.Request);
            if (item.CancelAfter == 0)
                generation.Dispose();
            return await Answer.ReadAsync(generation, item.Request.Choices, cancellation, item.CancelAfter);
        }
        finally
        {
            places.Release();
        }
    }
}
