namespace Hone.Torch;

/// <summary>Number type of parameters, states and values.</summary>
public enum Precision { F32, F64 }

/// <summary>Sizes of a runner's pools and batches.</summary>
public sealed record TorchRunnerOptions
{
    public Precision Precision { get; init; } = Precision.F32;

    /// <summary>Tokens in a KV block.</summary>
    public int BlockSize { get; init; } = 16;

    /// <summary>KV blocks in the pool, if the model keeps KV.</summary>
    public int BlockCount { get; init; } = 256;

    /// <summary>Slots in the pool, if the model keeps slot states or is an encoder-decoder.</summary>
    public int SlotCount { get; init; } = 16;

    public int MaxBatchTokens { get; init; } = 4096;

    public int MaxOutputRows { get; init; } = 4096;
}
