using Hone.Engine;
using Hone.Models;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

/// <summary>Cancelled requests are gone from the next batch on, whatever they were doing, and leave nothing behind.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly List<int> batches = [];
    private readonly SemaphoreSlim steps = new(0);
    private readonly SemaphoreSlim begun = new(0);
    private readonly ModelEngine engine;

    public CancellationTests()
    {
        var runner = new StubModelRunner(new StubModel { SlotCount = 8 }) { BeforeRun = OneStep };
        engine = new ModelEngine(runner, new EngineOptions { ContextLength = 500, StepTokens = 16, MaxSequences = 2 });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        steps.Release(10_000);
        engine.Dispose();
        steps.Dispose();
        begun.Dispose();
    }

    [Fact]
    public async Task While_decoding()
    {
        var generation = engine.Submit(Requests.Of([1, 2, 3], 400) with { TurnBoundaries = [3] });
        await StepAsync(5);
        await IsGoneAsync(generation, expectedTokens: 6);
    }

    [Fact]
    public async Task While_prefilling()
    {
        var generation = engine.Submit(Requests.Of(Requests.Text(1, 100), 10));
        await StepAsync(2);
        await IsGoneAsync(generation, expectedTokens: 0);
    }

    [Fact]
    public async Task While_waiting()
    {
        var running = engine.Submit(Requests.Of([1], 400));
        var other = engine.Submit(Requests.Of([2], 400));
        await StepAsync(2);
        var waiting = engine.Submit(Requests.Of([3], 400));
        waiting.Dispose();
        await StepAsync(2);
        var answer = await Answer.ReadAsync(waiting, 1, Cancellation);
        Assert.False(answer.IsStarted);
        Assert.Equal(FinishReason.Cancelled, answer.Reason());
        running.Dispose();
        await IsGoneAsync(other, null);
    }

    [Fact]
    public async Task One_choice_of_several_before_and_after_they_branch()
    {
        var request = Requests.Of(Requests.Text(1, 40), 6) with { Choices = 3, Sampling = new() { Seed = 1 } };
        var generation = engine.Submit(request);
        await StepAsync(1);
        generation.CancelChoice(0);
        steps.Release(4);
        for (var i = 0; i < 4; i++)
            await begun.WaitAsync(Cancellation);
        generation.CancelChoice(2);
        steps.Release(1000);
        var answer = await Answer.ReadAsync(generation, 3, Cancellation);
        Assert.Equal((FinishReason.Cancelled, FinishReason.Length, FinishReason.Cancelled), (answer.Reason(0), answer.Reason(1), answer.Reason(2)));
        Assert.Empty(answer.Tokens(0));
        using var plain = new StubModelRunner(new StubModel { SlotCount = 8 });
        Assert.Equal(PlainGenerator.Tokens(plain, request, 1), answer.Tokens(1));
    }

    /// <summary>Lets so many batches run; returns when the next has begun.</summary>
    private async Task StepAsync(int count)
    {
        await begun.WaitAsync(Cancellation);
        for (var i = 0; i < count; i++)
        {
            steps.Release();
            await begun.WaitAsync(Cancellation);
        }
        begun.Release();
    }

    /// <summary>Cancels during a batch: that one ends, and there is no further one.</summary>
    private async Task IsGoneAsync(Generation generation, int? expectedTokens)
    {
        var before = batches.Count;
        generation.Dispose();
        steps.Release(100);
        var answer = await Answer.ReadAsync(generation, 1, Cancellation);
        Assert.Equal(FinishReason.Cancelled, answer.Reason());
        if (expectedTokens is { } tokens)
            Assert.Equal(tokens, answer.Tokens().Length);
        await engine.DrainAsync();
        Assert.Equal(before, batches.Count);
        Assert.Equal((0, 0, 0), (engine.Statistics.Running, engine.Statistics.Waiting, engine.Statistics.BlocksUsed));
    }

    private void OneStep(Batch batch)
    {
        batches.Add(batch.Segments.Length);
        begun.Release();
        steps.Wait();
    }
}
