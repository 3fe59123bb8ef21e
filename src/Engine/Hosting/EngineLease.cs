namespace Hone.Engine.Hosting;

/// <summary>Use of a loaded model: it stays in memory until the lease is disposed.</summary>
public sealed class EngineLease : IDisposable
{
    private Action? release;

    internal EngineLease(IModelEngine engine, Action release) => (Engine, this.release) = (engine, release);

    public IModelEngine Engine { get; }

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
