namespace Hone.Server.Settings;

/// <summary>How models run, whichever command runs them.</summary>
internal sealed record RuntimeSettings
{
    /// <summary>fast: int8 activations. exact: f32 activations.</summary>
    public string Profile { get; init; } = "fast";

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Context limit in tokens; 0 = the model's own.</summary>
    public int Context { get; init; }

    /// <summary>Sequences that run at once.</summary>
    public int MaxSequences { get; init; } = 16;

    /// <summary>Bytes for weights, KV, states and caches of all models; 0 = three quarters of what the machine has free.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Number format of keys and values.</summary>
    public string KvFormat { get; init; } = "f32";

    /// <summary>Requests that may wait.</summary>
    public int MaxQueue { get; init; } = 256;
}
