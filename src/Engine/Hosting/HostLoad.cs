namespace Hone.Engine.Hosting;

/// <summary>One load and those who wait for it: it gives all of them their leases before anyone else can take the memory again.</summary>
internal sealed class HostLoad
{
    public int Waiters { get; set; }

    /// <summary>True once the waiters hold leases.</summary>
    public bool IsGranted { get; set; }

    public Task<ModelEngine> Result { get; set; } = null!;
}
