using Hone.Engine;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine;

public sealed class DeterminismTests
{
    /// <summary>Models that keep blocks, slots, both; blocks of odd size; rope that changes with the length; a whole prefill each step.</summary>
    public static TheoryData<string> Models => [.. Sizes.Keys];

    private static readonly Dictionary<string, StubModel> Sizes = new()
    {
        ["blocks"] = new() { BlockCount = 20, BlockSize = 16 },
        ["slots"] = new() { BlockCount = 0, SlotCount = 9 },
        ["blocks and slots"] = new() { BlockCount = 20, BlockSize = 16, SlotCount = 12 },
        ["few slots"] = new() { BlockCount = 40, BlockSize = 7, SlotCount = 5 },
        ["long rope"] = new() { BlockCount = 20, BlockSize = 16, LongAfter = 100 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task An_answer_does_not_depend_on_what_else_runs(string name)
    {
        var model = Sizes[name];
        var check = new DeterminismCheck
        {
            Crowded = () => new StubModelRunner(model with { MaxBatchTokens = 48, MaxOutputRows = 12 }),
            Alone = () => new StubModelRunner(model with { BlockCount = model.BlockCount * 4, SlotCount = model.SlotCount * 4, MaxBatchTokens = 512 }),
            Options = new EngineOptions { ContextLength = 200, MaxSequences = 10, StepTokens = 48, CheckpointInterval = 32 },
        };
        var load = new MixedLoad(1, model.VocabularySize, longestPrompt: 150, longestAnswer: 50).Take(200).ToList();
        var figures = await check.RunAsync(load, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(figures.ToString());
    }
}
