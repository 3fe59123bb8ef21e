using Hone.Cpu;
using Hone.Cpu.Plan;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Every model fused and unfused, and the fast profile beside the exact one.</summary>
public sealed class CpuProfileTests
{
    /// <summary>
    /// Mean KL divergence, in nats a token, that the fast profile may have from the exact one. Int8 activations move the real model of golden/smollm2 by about
    /// 0.002; random networks this narrow, whose weights no training has made robust, by a few times that.
    /// </summary>
    private const double KlBand = 0.02;

    public static TheoryData<string> Folders() => new(GoldenModels.Folders());

    [Theory]
    [MemberData(nameof(Folders))]
    public void FusedAndUnfusedGiveTheSameBits(string folder)
    {
        foreach (var profile in Enum.GetValues<Profile>())
        {
            using var fused = CpuModel.Open(folder, profile);
            using var unfused = CpuModel.Open(folder, profile, [.. FusionRule.All.Select(rule => rule.Name)]);
            Assert.True(fused.Runner.Plan.Steps.Length < unfused.Runner.Plan.Steps.Length);
            var ids = fused.Outputs.Ids("input_ids_long");
            Assert.Equal(unfused.Start(0, ids.Length).Run(ids), fused.Start(0, ids.Length).Run(ids, chunk: 64));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void FastStaysNearExact(string folder)
    {
        using var exact = CpuModel.Open(folder);
        using var fast = CpuModel.Open(folder, Profile.Fast);
        var ids = exact.Outputs.Ids("input_ids_long");
        var vocabulary = exact.Runner.VocabularySize;
        var (p, q) = (exact.Start(0, ids.Length).Run(ids), fast.Start(0, ids.Length).Run(ids));
        var divergence = Enumerable.Range(0, ids.Length).Average(t => LogSoftmax.Divergence(p.AsSpan(t * vocabulary, vocabulary), q.AsSpan(t * vocabulary, vocabulary)));
        Assert.InRange(divergence, -1e-9, KlBand);
    }
}
