namespace Hone.Server.Settings;

/// <summary>Where the server is in its life; what health checks report.</summary>
internal sealed class ServerState
{
    private volatile bool started;
    private volatile bool draining;

    /// <summary>The first model has been loaded.</summary>
    public bool HasStarted => started;

    /// <summary>Requests are taken.</summary>
    public bool IsReady => started && !draining;

    public bool IsDraining => draining;

    public void Started() => started = true;

    public void Drain() => draining = true;
}
