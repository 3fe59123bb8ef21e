namespace Hone.Engine;

/// <summary>What an engine is doing and has done since it started.</summary>
public sealed record EngineStatistics
{
    /// <summary>Sequences in the current steps.</summary>
    public required int Running { get; init; }

    /// <summary>Sequences that wait for room, preempted ones included.</summary>
    public required int Waiting { get; init; }

    /// <summary>KV blocks that running sequences hold.</summary>
    public required int BlocksUsed { get; init; }

    /// <summary>KV blocks that only the prefix cache holds.</summary>
    public required int BlocksCached { get; init; }

    /// <summary>KV blocks of the pool; 0 if the model keeps no KV.</summary>
    public required int BlocksTotal { get; init; }

    /// <summary>State slots that hold checkpoints.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>State slots of the pool; 0 if the model keeps none.</summary>
    public required int SlotsTotal { get; init; }

    public required long Requests { get; init; }

    /// <summary>Sequences that began on a cached prefix.</summary>
    public required long PrefixHits { get; init; }

    /// <summary>Tokens that were not computed thanks to the prefix cache.</summary>
    public required long CachedTokens { get; init; }

    /// <summary>Tokens computed in prefills.</summary>
    public required long PrefillTokens { get; init; }

    /// <summary>Tokens drawn.</summary>
    public required long GeneratedTokens { get; init; }

    /// <summary>Sequences put back into the queue because blocks ran out.</summary>
    public required long Preemptions { get; init; }

    public required long Steps { get; init; }

    /// <summary>Steps that did not finish a prefill they worked on.</summary>
    public required long SplitPrefills { get; init; }

    /// <summary>Most sequences in one step.</summary>
    public required int LargestBatch { get; init; }

    /// <summary>Steps in which the runner threw.</summary>
    public required long FailedSteps { get; init; }
}
