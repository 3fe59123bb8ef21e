using Hone.Cpu;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Unit.Cpu.Plan;

[Collection("counts allocations")]
public class AllocationTests
{
    [Theory]
    [InlineData(Profile.Exact)]
    [InlineData(Profile.Fast)]
    public void AForwardAllocatesNothing(Profile profile)
    {
        using var runner = new TinyHybrid().Create(new CpuOptions { Profile = profile, Threads = 2, KvTokens = 512, Slots = 2, MaxBatchTokens = 64, MaxOutputRows = 64 });
        var sequence = new RunnerSequence(runner, 0, capacity: 200, sequences: 2);
        var batch = new Batch();
        sequence.Add(batch, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        runner.Run(batch);
        batch.Clear();
        sequence.Add(batch, [10]);
        runner.Run(batch);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 20; i++)
            runner.Run(batch);
        Assert.Equal(before, GC.GetTotalAllocatedBytes(precise: true));
    }
}
