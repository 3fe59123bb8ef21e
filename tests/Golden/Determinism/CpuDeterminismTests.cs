using Hone.Cpu;
using Hone.Engine;
using Hone.Models;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Golden.Determinism;

/// <summary>
/// The determinism contract on real arithmetic: 200 requests at once, in small pools, against each of them alone in a fresh
/// engine. The pools of the single runs still hold what others left in them.
/// </summary>
public sealed class CpuDeterminismTests
{
    [Theory]
    [InlineData(Profile.Fast)]
    [InlineData(Profile.Exact)]
    public Task Tiny_hybrid(Profile profile) =>
        CheckAsync(GoldenRoot.Require("models", "qwen3_5"), profile, longestPrompt: 120, longestAnswer: 40, blocks: 6, slots: 12);

    [Fact]
    public Task SmolLm2() =>
        CheckAsync(Repository.PathTo("deploy", "models", "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf"), Profile.Fast, longestPrompt: 60, longestAnswer: 7, blocks: 6, slots: 0);

    private static async Task CheckAsync(string path, Profile profile, int longestPrompt, int longestAnswer, int blocks, int slots)
    {
        using var source = ModelSource.Open(path);
        using var runner = CpuRunner.Create(source, new CpuOptions { Profile = profile, Threads = 2, KvTokens = 64 * 32, Slots = 32, MaxBatchTokens = 256 });
        var check = new DeterminismCheck
        {
            Crowded = () => new RunnerView(runner) { BlockCount = blocks, SlotCount = slots, MaxBatchTokens = 64, MaxOutputRows = 12 },
            Alone = () => new RunnerView(runner),
            Options = new EngineOptions { ContextLength = 256, MaxSequences = 10, StepTokens = 64, CheckpointInterval = 64 },
        };
        var load = new MixedLoad(3, runner.VocabularySize, longestPrompt, longestAnswer).Take(200).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine((await check.RunAsync(load, TestContext.Current.CancellationToken)).ToString());
    }
}
