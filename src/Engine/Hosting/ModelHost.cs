namespace Hone.Engine.Hosting;

/// <summary>
/// Several models in one process, by name. A model is loaded when it is first acquired, once for all who ask meanwhile, and
/// unloaded when another needs its memory and it is the least recently used, or when it was idle for long. One load or
/// unload goes on at a time, in the order of asking; a model in use whose memory is needed is given to nobody new until it is gone.
/// </summary>
public sealed class ModelHost : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, HostEntry> entries;
    private readonly ModelHostOptions options;
    private readonly CancellationTokenSource closing = new();
    private readonly ITimer? idleTimer;
    private Task idleWork = Task.CompletedTask;
    private long usedBytes;

    public ModelHost(IEnumerable<HostedModel> models, ModelHostOptions options)
    {
        this.options = options;
        entries = models.ToDictionary(m => m.Name, m => new HostEntry(m), StringComparer.Ordinal);
        if (options.IdleUnload is { } idle)
            idleTimer = options.Time.CreateTimer(_ => UnloadIdle(idle), null, idle / 2, idle / 2);
    }

    /// <summary>Models in memory.</summary>
    public IReadOnlyList<LoadedModel> Loaded
    {
        get
        {
            lock (gate)
                return [.. entries.Values.Where(e => e.Engine is not null).Select(e => new LoadedModel(e.Model.Name, e.Bytes, e.Leases, e.Engine!.Statistics))];
        }
    }

    /// <summary>Bytes that the loaded models declared.</summary>
    public long UsedBytes => Interlocked.Read(ref usedBytes);

    /// <summary>
    /// The model, loaded if need be. Null if there is none of that name. Throws what loading throws, and <see cref="EngineException"/>
    /// if the model alone exceeds the budget or the host is shutting down. Cancelling gives up the wait, not the load.
    /// </summary>
    public async Task<EngineLease?> AcquireAsync(string name, CancellationToken cancellation)
    {
        if (!entries.TryGetValue(name, out var entry))
            return null;
        HostLoad load;
        lock (gate)
        {
            if (closing.IsCancellationRequested)
                throw ShuttingDown();
            if (entry.IsReady)
            {
                entry.AddLeases(1, Now);
                return Lease(entry, entry.Engine!);
            }
            load = entry.Load ??= StartLoad(entry);
            load.Waiters++;
        }
        try
        {
            return Lease(entry, await load.Result.WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            lock (gate)
                GiveUp(entry, load);
            throw;
        }
    }

    /// <summary>Refuses new uses, lets the requests of all models end until <paramref name="patience"/> is cancelled, then frees everything.</summary>
    public async Task ShutDownAsync(CancellationToken patience)
    {
        await closing.CancelAsync().ConfigureAwait(false);
        if (idleTimer is not null)
            await idleTimer.DisposeAsync().ConfigureAwait(false);
        await idleWork.ConfigureAwait(false);
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            List<HostEntry> loaded;
            lock (gate)
                loaded = [.. entries.Values.Where(e => e.Engine is not null)];
            // Engines that don't end in time, or have stopped by an error, are unloaded all the same.
            await Task.WhenAll(loaded.Select(e => e.Engine!.DrainAsync())).WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var entry in loaded)
                await UnloadAsync(entry).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Shuts down without patience.</summary>
    public ValueTask DisposeAsync() => new(ShutDownAsync(new CancellationToken(canceled: true)));

    private DateTimeOffset Now => options.Time.GetUtcNow();

    private static EngineException ShuttingDown() => new(EngineError.ShuttingDown, "The server is shutting down.");

    private EngineLease Lease(HostEntry entry, ModelEngine engine) => new(engine, () =>
    {
        lock (gate)
            entry.Release(Now);
    });

    private void GiveUp(HostEntry entry, HostLoad load)
    {
        if (load.IsGranted)
            entry.Release(Now);
        else
            load.Waiters--;
    }

    private HostLoad StartLoad(HostEntry entry)
    {
        var load = new HostLoad();
        load.Result = Task.Run(() => LoadAsync(entry, load));
        return load;
    }

    private async Task<ModelEngine> LoadAsync(HostEntry entry, HostLoad load)
    {
        try
        {
            await turn.WaitAsync(closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw ShuttingDown();
        }
        try
        {
            var engine = await EngineOfAsync(entry).ConfigureAwait(false);
            lock (gate)
            {
                load.IsGranted = true;
                entry.Load = null;
                entry.AddLeases(load.Waiters, Now);
            }
            return engine;
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            throw ShuttingDown();
        }
        finally
        {
            lock (gate)
                entry.Load = entry.Load == load ? null : entry.Load;
            turn.Release();
        }
    }

    /// <summary>The entry's engine, made now unless an unload that it was to give way to has failed.</summary>
    private async Task<ModelEngine> EngineOfAsync(HostEntry entry)
    {
        if (entry.IsReady)
            return entry.Engine!;
        if (entry.Engine is not null)
            await RetireAsync(entry).ConfigureAwait(false);
        var plan = entry.Model.Plan();
        if (plan.Bytes > options.MemoryBudget)
            throw new EngineException(EngineError.OutOfMemory, $"{entry.Model.Name} takes {plan.Bytes >> 20} MiB; the memory budget is {options.MemoryBudget >> 20} MiB.");
        while (UsedBytes + plan.Bytes > options.MemoryBudget)
            await RetireAsync(LeastUsed()).ConfigureAwait(false);
        var progress = new LoadProgress(done => options.Progress(entry.Model.Name, done));
        var runner = plan.Load(progress, closing.Token);
        try
        {
            var engine = new ModelEngine(runner, plan.Options);
            lock (gate)
                (entry.Engine, entry.Bytes) = (engine, plan.Bytes);
            Interlocked.Add(ref usedBytes, plan.Bytes);
            return engine;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>The model to unload next: unused ones first, the longest unused of them before the others.</summary>
    private HostEntry LeastUsed()
    {
        lock (gate)
            return entries.Values.Where(e => e.Engine is not null).OrderBy(e => e.Leases > 0).ThenBy(e => e.LastUse).First();
    }

    /// <summary>Gives out no more leases on an engine, waits for those there are, and unloads it.</summary>
    private async Task RetireAsync(HostEntry entry)
    {
        Task released;
        lock (gate)
        {
            entry.IsRetiring = true;
            released = entry.WhenReleased();
        }
        try
        {
            await released.WaitAsync(closing.Token).ConfigureAwait(false);
            await UnloadAsync(entry).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
                entry.IsRetiring = false;
        }
    }

    private async Task UnloadAsync(HostEntry entry)
    {
        await Task.Run(entry.Engine!.Dispose).ConfigureAwait(false);
        lock (gate)
            entry.Engine = null;
        Interlocked.Add(ref usedBytes, -entry.Bytes);
    }

    private void UnloadIdle(TimeSpan idle)
    {
        if (idleWork.IsCompletedSuccessfully)
            idleWork = UnloadIdleAsync(idle);
    }

    private async Task UnloadIdleAsync(TimeSpan idle)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            List<HostEntry> unused;
            lock (gate)
            {
                unused = [.. entries.Values.Where(e => e.IsReady && e.Leases == 0 && e.LastUse + idle <= Now)];
                unused.ForEach(e => e.IsRetiring = true);
            }
            foreach (var entry in unused)
                await RetireAsync(entry).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed class LoadProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
