using Hone.Models;

namespace Hone.Golden.Models;

/// <summary>One sequence on a runner, with blocks and a slot of its own: blocks in falling order, so that a runner that forgets the table fails.</summary>
internal sealed class SequenceRun
{
    private readonly int slot;
    private readonly int[] blocks;

    /// <param name="runner">Its pools are shared by <paramref name="of"/> sequences.</param>
    /// <param name="number">Which of them this is.</param>
    public SequenceRun(IModelRunner runner, int number = 0, int of = 1)
    {
        var share = runner.BlockCount / of;
        blocks = [.. Enumerable.Range(number * share, share).Reverse()];
        slot = runner.SlotCount > 0 ? number : -1;
        if (slot >= 0)
            runner.ResetSlot(slot);
    }

    /// <summary>Tokens that the states hold.</summary>
    public int Past { get; private set; }

    /// <summary>Length that length-dependent rope is computed for; 0 = what there is.</summary>
    public int RopeLength { get; init; }

    /// <summary>Appends tokens to the batch; output is wanted from row <paramref name="outputFrom"/> on.</summary>
    public void Add(Batch batch, ReadOnlySpan<int> ids, int outputFrom = 0, int[]? source = null, int[]? tokenTypes = null)
    {
        var first = batch.Append(ids);
        batch.Add(new Segment
        {
            First = first,
            Count = ids.Length,
            Past = Past,
            Blocks = blocks,
            Slot = slot,
            OutputFrom = outputFrom,
            RopeLength = RopeLength,
            Source = source,
            TokenTypes = tokenTypes,
        });
        Past += ids.Length;
    }

    /// <summary>Runs these tokens alone; returns the logits from row <paramref name="outputFrom"/> on.</summary>
    public float[] Feed(IModelRunner runner, ReadOnlySpan<int> ids, int outputFrom = 0, int[]? source = null)
    {
        var batch = new Batch();
        Add(batch, ids, outputFrom, source);
        return runner.Run(batch).ToArray();
    }
}
