namespace Hone.Engine;

/// <summary>How one model is served. Values beyond what the runner can hold are lowered to it.</summary>
public sealed record EngineOptions
{
    /// <summary>Tokens that prompt and generated text of one choice may have together.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Sequences (choices) that run at once.</summary>
    public int MaxSequences { get; init; } = 64;

    /// <summary>Requests that wait for their first step; more are refused.</summary>
    public int MaxQueue { get; init; } = 256;

    /// <summary>Tokens of one step, decoded and prefilled: bounds how long a prefill delays the others' next token.</summary>
    public int StepTokens { get; init; } = 512;

    /// <summary>Tokens of prefill between two checkpoints of recurrent states.</summary>
    public int CheckpointInterval { get; init; } = 1024;
}
