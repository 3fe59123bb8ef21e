namespace Hone.Engine.Hosting;

/// <summary>A host's book on one model; guarded by the host's lock.</summary>
internal sealed class HostEntry(HostedModel model)
{
    private TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostedModel Model { get; } = model;

    /// <summary>The engine while it is loaded.</summary>
    public ModelEngine? Engine { get; set; }

    public long Bytes { get; set; }

    public int Leases { get; private set; }

    public DateTimeOffset LastUse { get; private set; }

    /// <summary>Its memory is about to be freed: no more leases are given on the loaded engine.</summary>
    public bool IsRetiring { get; set; }

    /// <summary>The load that acquirers wait for, if one is under way.</summary>
    public HostLoad? Load { get; set; }

    /// <summary>True if leases can be given at once. An engine that has stopped by an error must be loaded anew.</summary>
    public bool IsReady => Engine is { Completion.IsCompleted: false } && !IsRetiring;

    public void AddLeases(int count, DateTimeOffset now)
    {
        if (Leases == 0 && count > 0)
            released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (Leases, LastUse) = (Leases + count, now);
    }

    public void Release(DateTimeOffset now)
    {
        (Leases, LastUse) = (Leases - 1, now);
        if (Leases == 0)
            released.SetResult();
    }

    /// <summary>Ends when no lease is left.</summary>
    public Task WhenReleased() => Leases == 0 ? Task.CompletedTask : released.Task;
}
