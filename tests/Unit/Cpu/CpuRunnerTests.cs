using Hone.Cpu;
using Hone.Cpu.Plan;
using Hone.Models;
using Hone.Models.Graph;
using Hone.TestKit;
using Hone.Unit.Cpu.Plan;

namespace Hone.Unit.Cpu;

public class CpuRunnerTests
{
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 100).Select(i => i * 31 % TinyHybrid.Vocabulary)];

    private static CpuRunner Create() => new TinyHybrid().Create(
        new CpuOptions { Profile = Profile.Exact, Threads = 2, KvTokens = 512, Slots = 4, MaxBatchTokens = 128, MaxOutputRows = 128 });

    [Fact]
    public void AForkContinuesFromCopiedBlocksAndSlots()
    {
        using var runner = Create();
        RunnerSequence original = new(runner, 0, 128, 4), fork = new(runner, 1, 128, 4);
        original.Run(Tokens.AsSpan(0, 70));
        fork.Run(Tokens.AsSpan(30, 70)); // other content, to be overwritten
        for (var block = 0; block < 2; block++)
            runner.CopyBlock(block * 4, block * 4 + 1);
        runner.CopySlot(0, 1);
        Assert.Equal(original.Run(Tokens.AsSpan(70)), fork.Run(Tokens.AsSpan(70)));
        Assert.Equal(original.States(), fork.States());
    }

    [Fact]
    public void OnlyWantedRowsComeOut()
    {
        using var runner = Create();
        var all = new RunnerSequence(runner, 0, 128, 4).Run(Tokens.AsSpan(0, 20));
        var batch = new Batch();
        new RunnerSequence(runner, 1, 128, 4).Add(batch, Tokens.AsSpan(0, 20), wanted: 2);
        new RunnerSequence(runner, 2, 128, 4).Add(batch, Tokens.AsSpan(0, 20), wanted: 0);
        new RunnerSequence(runner, 3, 128, 4).Add(batch, Tokens.AsSpan(0, 3), wanted: 1);
        var wanted = runner.Run(batch).ToArray();
        Assert.Equal(all[(18 * TinyHybrid.Vocabulary)..], wanted[..(2 * TinyHybrid.Vocabulary)]);
        Assert.Equal(all[(2 * TinyHybrid.Vocabulary)..(3 * TinyHybrid.Vocabulary)], wanted[(2 * TinyHybrid.Vocabulary)..]);
    }

    [Theory]
    [InlineData(TinyHybrid.Vocabulary, 0, 0, "Token")]
    [InlineData(-1, 0, 0, "Token")]
    [InlineData(1, 9, 0, "Slot")]
    [InlineData(1, -1, 0, "Slot")]
    [InlineData(1, 0, 99, "Block")]
    [InlineData(1, 0, -1, "Block")]
    public void NumbersOutOfRangeAreRefused(int token, int slot, int block, string what)
    {
        using var runner = Create();
        var batch = new Batch();
        batch.Add(new Segment { First = batch.Append([token]), Count = 1, Past = 0, OutputFrom = 0, Slot = slot, Blocks = new[] { block } });
        Assert.StartsWith(what, Assert.Throws<ArgumentException>(() => runner.Run(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewBlocksAreRefused()
    {
        using var runner = Create();
        var batch = new Batch();
        batch.Add(new Segment { First = batch.Append([1]), Count = 1, Past = runner.BlockSize, OutputFrom = 0, Slot = 0, Blocks = new[] { 0 } });
        Assert.Contains("do not hold", Assert.Throws<ArgumentException>(() => runner.Run(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingOperationIsNamed()
    {
        var graph = new ModelGraph();
        var x = graph.Root.Embedding("embed", 8, 16);
        graph.Outputs["logits"] = graph.Root.In("block").Wkv4(x, x);
        var error = Assert.Throws<UnsupportedOperationException>(() => CpuRunner.Create(graph, "some model", _ => throw new InvalidOperationException(), "", new CpuOptions()));
        Assert.Equal("Wkv4", error.Operation);
        Assert.Contains("some model", error.Message, StringComparison.Ordinal);
        Assert.Contains("block", error.Message, StringComparison.Ordinal);
    }
}
