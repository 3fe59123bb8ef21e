namespace Hone.Cpu;

/// <summary>How much a <see cref="CpuRunner"/> may hold and in which arithmetic it runs.</summary>
public sealed record CpuOptions
{
    public Profile Profile { get; init; } = Profile.Fast;

    /// <summary>Compute threads, the caller's included. 0 = one for each processor that the process may use.</summary>
    public int Threads { get; init; }

    /// <summary>Tokens that the KV pool holds, all sequences together; rounded up to whole blocks.</summary>
    public int KvTokens { get; init; } = 8192;

    /// <summary>Slots for the recurrent states of running sequences and checkpoints.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>Largest number of tokens in one batch.</summary>
    public int MaxBatchTokens { get; init; } = 512;

    /// <summary>Largest number of output rows in one batch.</summary>
    public int MaxOutputRows { get; init; } = 64;

    /// <summary>Names of fusion rules that are switched off.</summary>
    public IReadOnlyCollection<string> DisabledFusions { get; init; } = [];
}
