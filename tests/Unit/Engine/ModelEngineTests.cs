using Hone.Engine;
using Hone.Engine.Sampling;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

public sealed class ModelEngineTests
{
    public static TheoryData<string> Models => [.. Sizes.Keys];

    private static readonly Dictionary<string, StubModel> Sizes = new()
    {
        ["blocks"] = new() { BlockSize = 16 },
        ["slots"] = new() { BlockCount = 0, SlotCount = 8 },
        ["blocks and slots"] = new() { SlotCount = 8 },
        ["long rope"] = new() { LongAfter = 50 },
        ["recomputes whole"] = new() { RecomputesWhole = true },
    };

    private static readonly EngineOptions Options = new() { ContextLength = 200, StepTokens = 24 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Equals_the_plain_generator(string name)
    {
        using var plain = new StubModelRunner(Sizes[name]);
        using var engine = new ModelEngine(new StubModelRunner(Sizes[name]), Options);
        foreach (var (request, _) in new MixedLoad(7, plain.VocabularySize, 60, 20).Take(40))
        {
            var answer = await Answer.OfAsync(engine, request, Cancellation);
            for (var choice = 0; choice < request.Choices; choice++)
                Assert.Equal(PlainGenerator.Tokens(plain, request, choice), answer.Tokens(choice));
        }
    }

    [Fact]
    public async Task Choices_share_one_prefill_and_draw_from_streams_of_their_own()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel { SlotCount = 8 }), Options);
        var request = Requests.Of(Requests.Text(1, 70), 10) with { Choices = 5, Sampling = new SamplingOptions { Seed = 5 } };
        var answer = await Answer.OfAsync(engine, request, Cancellation);
        Assert.Equal(5, Enumerable.Range(0, 5).Select(answer.Tokens).DistinctBy(t => string.Join(' ', t)).Count());
        Assert.Equal(70, engine.Statistics.PrefillTokens);
        var first = await Answer.OfAsync(engine, request with { Choices = 1 }, Cancellation);
        Assert.Equal(first.Tokens(), answer.Tokens());
    }

    [Fact]
    public async Task Stops_at_a_stop_token_but_not_before_the_minimum()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel()), Options);
        var free = (await Answer.OfAsync(engine, Requests.Of([1, 2, 3], 30), Cancellation)).Tokens();
        var stop = free[4];
        var stopped = await Answer.OfAsync(engine, Requests.Of([1, 2, 3], 30) with { StopTokens = [stop] }, Cancellation);
        Assert.Equal(free.Take(Array.IndexOf(free, stop) + 1), stopped.Tokens());
        Assert.Equal(FinishReason.Stop, stopped.Reason());
        var later = await Answer.OfAsync(engine, Requests.Of([1, 2, 3], 30) with { StopTokens = [stop], MinTokens = 12 }, Cancellation);
        Assert.DoesNotContain(stop, later.Tokens().Take(12));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    public async Task Echo_reports_every_prompt_token_however_few_rows_a_batch_has(int rows)
    {
        using var plain = new StubModelRunner(new StubModel());
        using var engine = new ModelEngine(new StubModelRunner(new StubModel { MaxOutputRows = rows }), Options);
        var prompt = Requests.Text(3, 50);
        await Answer.OfAsync(engine, Requests.Of(prompt, 3), Cancellation);
        var answer = await Answer.OfAsync(engine, Requests.Of(prompt, 0) with { PromptLogProbs = true, TopLogProbs = 2 }, Cancellation);
        Assert.Equal(FinishReason.Length, answer.Reason());
        Assert.Equal(prompt.Skip(1), answer.PromptTokens.Select(e => e.Token));
        for (var i = 1; i < prompt.Length; i++)
        {
            var logits = PlainGenerator.Logits(plain, Requests.Of(prompt, 0), prompt[..i]).ToArray();
            var expected = logits[prompt[i]] - Math.Log(logits.Sum(l => Math.Exp(l)));
            Assert.Equal(expected, answer.PromptTokens[i - 1].LogProb, 1e-5);
            Assert.Equal(Array.IndexOf(logits, logits.Max()), answer.PromptTokens[i - 1].Top![0].Token);
        }
    }

    [Fact]
    public void Refuses_what_the_context_or_the_memory_cannot_hold_with_counts()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel { BlockCount = 2 }), Options);
        Assert.Equal(128, engine.ContextLength);
        var error = Assert.Throws<EngineException>(() => engine.Submit(Requests.Of(new int[100], 29)));
        Assert.Equal(EngineError.ContextTooLong, error.Code);
        Assert.Contains("128", error.Message);
        Assert.Contains("100", error.Message);
        Assert.Contains("29", error.Message);
    }

    [Fact]
    public async Task Refuses_more_than_the_queue_holds()
    {
        using var blocked = new ManualResetEventSlim();
        using var engine = new ModelEngine(
            new StubModelRunner(new StubModel()) { BeforeRun = _ => blocked.Wait(Cancellation) },
            Options with { MaxQueue = 3, MaxSequences = 1 });
        var first = engine.Submit(Requests.Of([1], 2));
        Assert.True(await first.Events.WaitToReadAsync(Cancellation));
        var waiting = Enumerable.Range(0, 3).Select(_ => engine.Submit(Requests.Of([1], 2))).ToList();
        Assert.Equal(EngineError.QueueFull, Assert.Throws<EngineException>(() => engine.Submit(Requests.Of([1], 2))).Code);
        blocked.Set();
        foreach (var generation in waiting.Append(first))
            Assert.Equal(FinishReason.Length, (await Answer.ReadAsync(generation, 1, Cancellation)).Reason());
    }

    [Fact]
    public async Task Draining_ends_what_was_submitted_and_refuses_more()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel()), Options);
        var generation = engine.Submit(Requests.Of([1, 2], 100));
        await engine.DrainAsync();
        Assert.Equal(100, (await Answer.ReadAsync(generation, 1, Cancellation)).Tokens().Length);
        Assert.Equal(EngineError.ShuttingDown, Assert.Throws<EngineException>(() => engine.Submit(Requests.Of([1], 1))).Code);
    }

    [Fact]
    public async Task Disposing_fails_what_still_runs_and_frees_the_model()
    {
        using var inStep = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        var runner = new StubModelRunner(new StubModel()) { BeforeRun = _ => { inStep.Set(); blocked.Wait(Cancellation); } };
        var engine = new ModelEngine(runner, Options);
        var generation = engine.Submit(Requests.Of([1, 2], 100));
        inStep.Wait(Cancellation);
        var disposal = Task.Run(engine.Dispose, Cancellation);
        while (Record.Exception(() => engine.Submit(Requests.Of([1], 1)).Dispose()) is null)
            await Task.Yield();
        blocked.Set();
        await disposal;
        Assert.Equal(EngineError.ShuttingDown, (await Answer.ReadAsync(generation, 1, Cancellation)).Error!.Code);
        Assert.True(runner.IsDisposed);
    }
}
