using Hone.Cpu;
using Hone.Cpu.Plan;
using Hone.Models.Graph;

namespace Hone.Unit.Cpu.Plan;

public class PlanDescriptionTests
{
    [Fact]
    public void EveryNodeHasOneStepAndBuffersDoNotMeet()
    {
        var model = new TinyHybrid();
        using var runner = model.Create(new CpuOptions { Threads = 1, KvTokens = 128, Slots = 1 });
        var computed = model.Graph.Nodes.Where(n => n.Rows != Rows.One && !Operand.IsView(n));
        Assert.Equal(computed, runner.Plan.Groups.SelectMany(g => g.Nodes).OrderBy(n => n.Id));

        var buffers = runner.Plan.Buffers.All.ToArray();
        foreach (var a in buffers)
        {
            foreach (var b in buffers.Where(b => b != a && b.Live.First <= a.Live.Last && a.Live.First <= b.Live.Last))
                Assert.True(a.Offset + a.Bytes <= b.Offset || b.Offset + b.Bytes <= a.Offset, $"{a.Operand} and {b.Operand} share memory.");
        }
    }

    [Fact]
    public void SaysWhatIsReadAndHeld()
    {
        using var runner = new TinyHybrid().Create(new CpuOptions { Threads = 1, KvTokens = 128, Slots = 1 });
        var plan = runner.Plan.Describe();
        Assert.Equal(runner.Plan.Steps.Length, plan.Steps.Count);
        Assert.InRange(plan.WeightBytes, 1, runner.WeightBytes);
        Assert.InRange(plan.ArenaBytes, 1, plan.Buffers.Sum(b => b.Bytes) - 1);
        Assert.Contains(plan.Steps, s => s.Work == "gate·Silu·Mul | up");
        Assert.All(plan.Steps, s => Assert.Contains($"{s.Scope}: {s.Work}", plan.ToString(), StringComparison.Ordinal));
    }
}
