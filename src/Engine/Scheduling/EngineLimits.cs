using Hone.Models;
using Hone.Models.State;

namespace Hone.Engine.Scheduling;

/// <summary>The options as far as the runner can hold them.</summary>
internal sealed record EngineLimits
{
    /// <summary>One slot of so many is never run in, so that checkpoints find room under load.</summary>
    private const int SlotsPerCheckpoint = 4;

    public EngineLimits(EngineOptions options, IModelRunner runner)
    {
        if (runner.Graph.States.Values.Any(s => s is KvState { Cross: true }))
            throw new NotSupportedException("Encoder-decoder models can't be served yet: a request has no source text.");
        ContextLength = options.ContextLength;
        if (runner.BlockCount > 0)
            ContextLength = (int)Math.Min(ContextLength, (long)runner.BlockCount * runner.BlockSize);
        if (runner.Graph.RecomputesWhole)
            ContextLength = Math.Min(ContextLength, runner.MaxBatchTokens);
        OutputRows = runner.MaxOutputRows;
        BatchTokens = runner.MaxBatchTokens;
        MaxSequences = Math.Min(options.MaxSequences, Math.Min(OutputRows, BatchTokens));
        if (runner.SlotCount > 0)
            MaxSequences = Math.Min(MaxSequences, runner.SlotCount - (runner.SlotCount / SlotsPerCheckpoint));
        StepTokens = Math.Clamp(options.StepTokens, MaxSequences, BatchTokens);
        CheckpointInterval = options.CheckpointInterval;
        MaxQueue = options.MaxQueue;
        if (ContextLength < 1 || MaxSequences < 1 || CheckpointInterval < 1)
            throw new ArgumentException($"An engine of {MaxSequences} sequences, {ContextLength} tokens of context and checkpoints every {CheckpointInterval} can run nothing.");
    }

    public int ContextLength { get; }

    public int MaxSequences { get; }

    public int MaxQueue { get; }

    /// <summary>Tokens of one step.</summary>
    public int StepTokens { get; }

    /// <summary>Tokens that the runner takes in one batch.</summary>
    public int BatchTokens { get; }

    public int OutputRows { get; }

    public int CheckpointInterval { get; }
}
