using Hone.Models;
using Hone.Models.State;

namespace Hone.Torch;

/// <summary>Refuses a batch whose numbers don't fit the runner, before torch sees any of them.</summary>
internal static class BatchChecks
{
    public static void Check(Batch batch, IModelRunner runner)
    {
        if (batch.Tokens.Length > runner.MaxBatchTokens)
            throw new ArgumentException($"{batch.Tokens.Length} tokens in a batch of at most {runner.MaxBatchTokens}.");
        if (batch.OutputRowCount > runner.MaxOutputRows)
            throw new ArgumentException($"{batch.OutputRowCount} output rows in a batch of at most {runner.MaxOutputRows}.");
        foreach (ref readonly var segment in batch.Segments)
            Check(segment, runner);
    }

    private static void Check(in Segment segment, IModelRunner runner)
    {
        var length = (long)segment.Past + segment.Count;
        if (segment.Past < 0)
            throw new ArgumentException($"A segment with {segment.Past} past tokens.");
        if (segment.Adapter != 0)
            throw new NotSupportedException($"Adapter {segment.Adapter}: this runner serves the base model only.");
        if (runner.BlockCount > 0)
        {
            if ((long)segment.Blocks.Length * runner.BlockSize < length)
                throw new ArgumentException($"{segment.Blocks.Length} blocks of {runner.BlockSize} for {length} tokens.");
            foreach (var block in segment.Blocks.Span)
                Check("block", block, runner.BlockCount);
        }
        if (runner.SlotCount > 0)
            Check("slot", segment.Slot, runner.SlotCount);
        if (segment.Past > 0 && runner.Graph.States.Count == 0)
            throw new ArgumentException("The model keeps no state: its segments are whole sequences.");
    }

    private static void Check(string what, int number, int count)
    {
        if (number < 0 || number >= count)
            throw new ArgumentException($"No {what} {number}: there are {count}.");
    }
}
