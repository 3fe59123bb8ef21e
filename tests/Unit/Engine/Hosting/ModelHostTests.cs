using System.Collections.Concurrent;
using Hone.Engine;
using Hone.Engine.Hosting;
using Hone.TestKit;
using Hone.TestKit.Engines;

namespace Hone.Unit.Engine.Hosting;

public sealed class ModelHostTests : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<StubModelRunner>> loads = new();
    private readonly ManualClock clock = new();
    private readonly ModelHost host;
    private Action<string> beforeLoad = static _ => { };

    public ModelHostTests() => host = new ModelHost(
        [Model("a", 40), Model("b", 50), Model("c", 60), Model("huge", 101)],
        new ModelHostOptions { MemoryBudget = 100, IdleUnload = TimeSpan.FromMinutes(10), Time = clock });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Loads_once_for_all_who_ask()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.AcquireAsync("a", Cancellation))));
        Assert.Single(loads["a"]);
        Assert.Equal(20, Assert.Single(host.Loaded).Leases);
        var answer = await Answer.OfAsync(leases[0]!.Engine, Requests.Of([1, 2], 5), Cancellation);
        Assert.Equal(5, answer.Tokens().Length);
        foreach (var lease in leases)
            lease!.Dispose();
        Assert.Equal(0, Assert.Single(host.Loaded).Leases);
    }

    [Fact]
    public async Task Knows_no_other_names() => Assert.Null(await host.AcquireAsync("d", Cancellation));

    [Fact]
    public async Task Unloads_the_least_recently_used()
    {
        await UseAsync("a");
        await UseAsync("b");
        await UseAsync("a");
        await UseAsync("c");
        Assert.Equal(["a", "c"], host.Loaded.Select(m => m.Name).Order());
        Assert.Equal(100, host.UsedBytes);
        Assert.True(loads["b"].Single().IsDisposed);
    }

    [Fact]
    public async Task Waits_for_a_model_in_use_and_gives_it_to_nobody_new()
    {
        var used = await host.AcquireAsync("c", Cancellation);
        var b = host.AcquireAsync("b", Cancellation);
        while (host.Loaded.Count > 0 && !await RefusesAsync("c"))
            await Task.Yield();
        Assert.False(b.IsCompleted);
        Assert.Equal(3, (await Answer.OfAsync(used!.Engine, Requests.Of([1], 3), Cancellation)).Tokens().Length);
        used.Dispose();
        (await b)!.Dispose();
        Assert.Equal("b", Assert.Single(host.Loaded).Name);

        // An acquisition that must wait, and is given up: true. One that is served at once: false.
        async Task<bool> RefusesAsync(string name)
        {
            using var patience = new CancellationTokenSource();
            var lease = host.AcquireAsync(name, patience.Token);
            if (lease.IsCompletedSuccessfully)
            {
                (await lease)!.Dispose();
                return false;
            }
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lease);
            return true;
        }
    }

    [Fact]
    public async Task Refuses_what_exceeds_the_budget_before_loading_it()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => host.AcquireAsync("huge", Cancellation));
        Assert.Equal(EngineError.OutOfMemory, error.Code);
        Assert.False(loads.ContainsKey("huge"));
    }

    [Fact]
    public async Task A_failed_load_is_told_to_all_and_tried_again_by_the_next()
    {
        beforeLoad = _ => throw new InvalidDataException("no such tensor");
        var failures = Enumerable.Range(0, 3).Select(_ => host.AcquireAsync("a", Cancellation)).ToList();
        foreach (var failure in failures)
            await Assert.ThrowsAsync<InvalidDataException>(() => failure);
        beforeLoad = static _ => { };
        await UseAsync("a");
        Assert.Equal(40, host.UsedBytes);
    }

    [Fact]
    public async Task Unloads_what_nobody_used_for_long()
    {
        using var kept = await host.AcquireAsync("a", Cancellation);
        await UseAsync("b");
        clock.Advance(TimeSpan.FromMinutes(30));
        while (host.UsedBytes != 40)
            await Task.Yield();
        Assert.Equal("a", Assert.Single(host.Loaded).Name);
    }

    [Fact]
    public async Task Shutting_down_lets_requests_end()
    {
        var lease = await host.AcquireAsync("a", Cancellation);
        var generation = lease!.Engine.Submit(Requests.Of([1], 80));
        await host.ShutDownAsync(Cancellation);
        Assert.Equal(80, (await Answer.ReadAsync(generation, 1, Cancellation)).Tokens().Length);
        Assert.True(loads["a"].Single().IsDisposed);
        Assert.Equal(EngineError.ShuttingDown, (await Assert.ThrowsAsync<EngineException>(() => host.AcquireAsync("a", Cancellation))).Code);
        lease.Dispose();
    }

    private HostedModel Model(string name, long bytes) => new(name, () => new ModelPlan
    {
        Bytes = bytes,
        Options = new EngineOptions { ContextLength = 100 },
        Load = (progress, _) =>
        {
            beforeLoad(name);
            progress.Report(1);
            var runner = new StubModelRunner(new StubModel());
            loads.GetOrAdd(name, static _ => []).Add(runner);
            return runner;
        },
    });

    private async Task UseAsync(string name)
    {
        (await host.AcquireAsync(name, Cancellation))!.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
    }
}
