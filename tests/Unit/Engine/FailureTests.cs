using Hone.Engine;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

public sealed class FailureTests
{
    private static readonly EngineOptions Options = new() { ContextLength = 500, StepTokens = 16 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_throws_fails_its_requests_and_the_engine_goes_on()
    {
        var runner = new StubModelRunner(new StubModel { SlotCount = 8 });
        runner.BeforeRun = batch =>
        {
            if (batch.Tokens.Contains(66))
                throw new InvalidDataException("token 66");
        };
        using var engine = new ModelEngine(runner, Options);
        var failed = await Answer.OfAsync(engine, Requests.Of([1, 2, 66], 10) with { Choices = 2 }, Cancellation);
        Assert.Equal(EngineError.Internal, failed.Error!.Code);
        Assert.IsType<InvalidDataException>(failed.Error.InnerException);
        var good = Requests.Of([1, 2, 3, 4], 3);
        using var plain = new StubModelRunner(new StubModel { SlotCount = 8 });
        Assert.Equal(PlainGenerator.Tokens(plain, good), (await Answer.OfAsync(engine, good, Cancellation)).Tokens());
        await engine.DrainAsync();
        Assert.Equal((1, 0, 0), (engine.Statistics.FailedSteps, engine.Statistics.BlocksUsed, engine.Statistics.Running));
    }

    [Fact]
    public async Task A_row_with_NaN_fails_its_request_alone()
    {
        using var plain = new StubModelRunner(new StubModel());
        var poisoned = new[] { 5, 6, 7 };
        var other = Requests.Of([1, 2, 3], 30);
        var tokens = PlainGenerator.Tokens(plain, other);
        var nan = Enumerable.Range(0, 97).Except([.. tokens, 1, 2, 3]).First();
        using var engine = new ModelEngine(new StubModelRunner(new StubModel()) { NanAfterToken = nan }, Options);
        var both = await Task.WhenAll(
            Answer.OfAsync(engine, other, Cancellation),
            Answer.OfAsync(engine, Requests.Of([.. poisoned, nan], 30), Cancellation));
        Assert.Equal(tokens, both[0].Tokens());
        Assert.Equal(EngineError.Internal, both[1].Error!.Code);
        Assert.Contains("NaN", both[1].Error!.Message);
    }

    [Fact]
    public async Task A_request_that_bans_every_token_fails_and_says_so()
    {
        using var engine = new ModelEngine(new StubModelRunner(new StubModel()), Options);
        var answer = await Answer.OfAsync(engine, Requests.Of([1], 5) with { StopTokens = [.. Enumerable.Range(0, 97)], MinTokens = 2 }, Cancellation);
        Assert.Equal(EngineError.Internal, answer.Error!.Code);
    }
}
