using Hone.Cpu.Threads;

namespace Hone.Unit.Cpu.Threads;

public class ComputePoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)] // more than this machine may have cores
    public void Every_piece_of_work_is_done_once_between_barriers(int threads)
    {
        using var pool = new ComputePool(threads);
        var done = new int[50, 101];
        Action<int> body = _ =>
        {
            for (var step = 0; step < 50; step++)
            {
                for (var i = pool.Next(3); i < 101; i = pool.Next(3))
                    for (var j = i; j < Math.Min(i + 3, 101); j++)
                        done[step, j] += step == 0 ? 1 : done[step - 1, 100 - j]; // needs the whole step before
                pool.Barrier();
            }
        };
        for (var run = 1; run <= 20; run++)
        {
            pool.Run(body);
            Assert.All(done.Cast<int>(), count => Assert.NotEqual(0, count));
            Array.Clear(done);
        }
    }

    [Fact]
    public void Threads_that_fell_asleep_wake_up()
    {
        using var pool = new ComputePool(3);
        var calls = 0;
        Action<int> body = _ => Interlocked.Increment(ref calls);
        for (var run = 0; run < 5; run++)
        {
            pool.Run(body);
            Assert.True(SpinWait.SpinUntil(() => pool.Sleeping == 2, TimeSpan.FromSeconds(30)));
        }
        Assert.Equal(15, calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_failure_on_one_thread_ends_the_run_on_all(int failing)
    {
        using var pool = new ComputePool(3);
        Action<int> body = thread =>
        {
            pool.Barrier();
            if (thread == failing)
                throw new FormatException("broken");
            for (var i = 0; i < 10; i++)
                pool.Barrier();
        };
        for (var run = 0; run < 20; run++)
            Assert.IsType<FormatException>(Assert.Throws<AggregateException>(() => pool.Run(body)).InnerException);
        var calls = 0;
        pool.Run(_ => Interlocked.Increment(ref calls)); // still usable
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var pool = new ComputePool(2);
        var allocated = new long[2];
        Action<int> body = thread =>
        {
            pool.Barrier();
            allocated[thread] = GC.GetAllocatedBytesForCurrentThread();
        };
        pool.Run(body);
        var before = allocated.ToArray();
        for (var run = 0; run < 1000; run++)
            pool.Run(body);
        Assert.Equal(before[1], allocated[1]);
        Assert.InRange(allocated[0] - before[0], 0, 1000); // the copy above
    }
}
