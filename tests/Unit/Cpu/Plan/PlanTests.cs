using Hone.Cpu;
using Hone.Cpu.Plan;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Unit.Cpu.Plan;

[Collection("counts allocations")]
public class PlanTests
{
    private static readonly TinyHybrid Model = new();

    private static readonly int[] Tokens = [.. Enumerable.Range(0, 150).Select(i => (i * 37 + i * i) % TinyHybrid.Vocabulary)];

    public static TheoryData<string> Rules => [.. FusionRule.All.Select(r => r.Name)];

    private static CpuOptions Options(Profile profile = Profile.Exact, int threads = 2, params string[] disabled) => new()
    {
        Profile = profile,
        Threads = threads,
        KvTokens = 2048,
        Slots = 8,
        MaxBatchTokens = 160,
        MaxOutputRows = 160,
        DisabledFusions = disabled,
    };

    private static RunnerSequence Start(CpuRunner runner, int slot = 0) => new(runner, slot, capacity: 200, sequences: 8);

    private static string Grouping(CpuPlan plan) => string.Join("; ", plan.Groups.Select(g => string.Join(' ', g.Nodes.Select(n => n.Id))));

    [Fact]
    public void FusedAndUnfusedGiveTheSameBits()
    {
        using var fused = Model.Create(Options());
        using var plain = Model.Create(Options(disabled: [.. FusionRule.All.Select(r => r.Name)]));
        Assert.True(fused.Plan.Steps.Length < plain.Plan.Steps.Length / 2);
        Assert.Equal(Start(plain).Run(Tokens), Start(fused).Run(Tokens));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryRuleCanBeSwitchedOff(string rule)
    {
        using var all = Model.Create(Options());
        using var without = Model.Create(Options(disabled: [rule]));
        Assert.NotEqual(Grouping(all.Plan), Grouping(without.Plan));
        Assert.Equal(Start(all).Run(Tokens), Start(without).Run(Tokens));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(64, 3)]
    public void ChunksAndThreadsChangeNoBit(int chunk, int threads)
    {
        using var whole = Model.Create(Options(threads: 2));
        using var chunked = Model.Create(Options(threads: threads));
        var (a, b) = (Start(whole), Start(chunked));
        Assert.Equal(a.Run(Tokens), b.Run(Tokens, chunk));
        Assert.Equal(a.States(), b.States());
    }

    [Fact]
    public void ARowDoesNotDependOnItsBatch()
    {
        using var runner = Model.Create(Options());
        var alone = Start(runner).Run(Tokens.AsSpan(0, 40), 40);
        var sequences = Enumerable.Range(1, 3).Select(i => Start(runner, i)).ToArray();
        var batch = new Batch();
        var mixed = new List<float>();
        var random = new Random(1);
        while (sequences[1].Length < 40)
        {
            batch.Clear();
            var counts = sequences.Select(s => Math.Min(random.Next(0, 9), 40 - s.Length)).ToArray();
            for (var i = 0; i < 3; i++)
                sequences[i].Add(batch, Tokens.AsSpan(i == 1 ? sequences[i].Length : 50 + sequences[i].Length, counts[i]));
            var logits = runner.Run(batch);
            mixed.AddRange(logits.Slice(counts[0] * TinyHybrid.Vocabulary, counts[1] * TinyHybrid.Vocabulary));
        }
        Assert.Equal(alone, mixed);
    }
}
