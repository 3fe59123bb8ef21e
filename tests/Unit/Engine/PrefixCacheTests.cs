using Hone.Engine;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

/// <summary>What later requests reuse of earlier ones. That they reuse it correctly is shown by comparing with the plain generator.</summary>
public sealed class PrefixCacheTests
{
    private static readonly EngineOptions Options = new() { ContextLength = 4000, StepTokens = 256 };

    private static readonly StubModel Blocks = new();

    private static readonly StubModel Hybrid = new() { SlotCount = 16 };

    private static readonly StubModel Slots = new() { BlockCount = 0, SlotCount = 16 };

    public static TheoryData<StubModel> Models => [Blocks, Hybrid, Slots];

    public static TheoryData<StubModel> WithSlots => [Hybrid, Slots];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_short_prompt_sent_again_needs_one_row(StubModel model) =>
        await ReusesAsync(model, [Requests.Of([5, 6, 7, 8, 9], 4), Requests.Of([5, 6, 7, 8, 9], 4)], 4);

    [Fact]
    public async Task An_edit_in_the_middle_keeps_all_before_it() =>
        await ReusesAsync(Blocks, [Requests.Of(Requests.Text(1, 150), 4), Requests.Of([.. Requests.Text(1, 150)[..101], 96, 95, 94], 4)], 101);

    [Theory]
    [MemberData(nameof(WithSlots))]
    public async Task An_edit_finds_the_turn_before_it(StubModel model)
    {
        var text = Requests.Text(1, 150);
        int[] edited = [.. text[..90], 96, 95, .. text[92..]];
        await ReusesAsync(model, [Requests.Of(text, 4) with { TurnBoundaries = [40, 80, 147] }, Requests.Of(edited, 4) with { TurnBoundaries = [40, 80, 147] }], 80);
    }

    [Theory]
    [MemberData(nameof(WithSlots))]
    public async Task The_next_turn_continues_from_the_end_of_the_response(StubModel model)
    {
        var first = Requests.Of(Requests.Text(1, 30), 10) with { TurnBoundaries = [27] };
        var response = await TokensAsync(model, first);
        int[] next = [.. first.Prompt.Span, .. response, 1, 2, 3, 4, 5];
        await ReusesAsync(model, [first, Requests.Of(next, 4) with { TurnBoundaries = [27, 42] }], 39);
    }

    [Theory]
    [MemberData(nameof(WithSlots))]
    public async Task Where_texts_part_a_checkpoint_is_left_for_the_third(StubModel model)
    {
        var common = Requests.Text(1, 70);
        GenerationRequest Ending(int token) => Requests.Of([.. common, token, 1, 2, 3], 4) with { TurnBoundaries = [73] };
        await ReusesAsync(model, [Ending(90), Ending(91)], 0);
        await ReusesAsync(model, [Ending(90), Ending(91), Ending(92)], 70);
    }

    [Theory]
    [MemberData(nameof(WithSlots))]
    public async Task Long_prefills_leave_checkpoints_on_the_way(StubModel model)
    {
        model = model with { MaxBatchTokens = 2048, BlockCount = model.BlockCount * 2 };
        var text = Requests.Text(1, 2500);
        await ReusesAsync(model, [Requests.Of(text, 1) with { TurnBoundaries = [2499] }, Requests.Of([.. text[..2100], 1, 2], 1)], 2048);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Salts_and_adapters_share_nothing(StubModel model)
    {
        var request = Requests.Of(Requests.Text(1, 80), 3);
        await ReusesAsync(model, [request with { CacheSalt = "a" }, request with { CacheSalt = "b" }], 0);
        await ReusesAsync(model, [request with { Adapter = 1 }, request], 0);
        await ReusesAsync(model, [request with { CacheSalt = "a" }, request with { CacheSalt = "a" }], 79);
    }

    [Fact]
    public async Task Prefixes_of_long_and_short_rope_share_nothing()
    {
        var model = new StubModel { LongAfter = 100 };
        var text = Requests.Text(1, 90);
        await ReusesAsync(model, [Requests.Of(text, 5), Requests.Of(text, 50)], 0);
        await ReusesAsync(model, [Requests.Of(text, 50), Requests.Of(text, 40)], 89);
    }

    /// <summary>Sends the requests one after another: the last must find so many tokens cached, and all must be answered right.</summary>
    private static async Task ReusesAsync(StubModel model, GenerationRequest[] requests, int cached)
    {
        using var engine = new ModelEngine(new StubModelRunner(model), Options);
        using var plain = new StubModelRunner(model with { MaxBatchTokens = 4096 });
        var found = -1;
        foreach (var request in requests)
        {
            var answer = await Answer.OfAsync(engine, request, TestContext.Current.CancellationToken);
            Assert.Equal(PlainGenerator.Tokens(plain, request), answer.Tokens());
            found = answer.CachedTokens;
        }
        Assert.Equal(cached, found);
    }

    private static async Task<int[]> TokensAsync(StubModel model, GenerationRequest request)
    {
        using var engine = new ModelEngine(new StubModelRunner(model), Options);
        return (await Answer.OfAsync(engine, request, TestContext.Current.CancellationToken)).Tokens();
    }
}
