using Hone.Models;
using Hone.Models.State;

namespace Hone.TestKit;

/// <summary>
/// One sequence on a runner: its blocks, its slot, how far it has come. Sequences of one runner are told apart by their slot; their blocks are spread over the
/// pool so that neighbours in a sequence are none in memory.
/// </summary>
public sealed class RunnerSequence
{
    private readonly IModelRunner runner;
    private readonly int[] blocks;

    /// <param name="capacity">Tokens that the sequence may grow to; the pool must hold as many for each of <paramref name="sequences"/>.</param>
    public RunnerSequence(IModelRunner runner, int slot, int capacity, int sequences)
    {
        this.runner = runner;
        Slot = slot;
        var count = (capacity + runner.BlockSize - 1) / runner.BlockSize;
        blocks = [.. Enumerable.Range(0, runner.BlockCount == 0 ? 0 : count).Select(i => i * sequences + slot)];
        if (runner.SlotCount > 0)
            runner.ResetSlot(slot);
    }

    public int Slot { get; }

    public int Length { get; private set; }

    /// <summary>Length that length-dependent ropes are computed for; 0 = as far as the sequence has come.</summary>
    public int RopeLength { get; init; }

    /// <summary>Adds these tokens to the batch, all of their rows or only the last ones wanted.</summary>
    public void Add(Batch batch, ReadOnlySpan<int> tokens, int wanted = int.MaxValue)
    {
        batch.Add(new Segment
        {
            First = batch.Append(tokens),
            Count = tokens.Length,
            Past = Length,
            Blocks = blocks,
            Slot = Slot,
            OutputFrom = Math.Max(0, tokens.Length - wanted),
            RopeLength = RopeLength,
        });
        Length += tokens.Length;
    }

    /// <summary>Runs the tokens in chunks of that size; logits of all rows.</summary>
    public float[] Run(ReadOnlySpan<int> tokens, int chunk = int.MaxValue)
    {
        var logits = new List<float>();
        var batch = new Batch();
        while (!tokens.IsEmpty)
        {
            batch.Clear();
            var count = Math.Min(chunk, tokens.Length);
            Add(batch, tokens[..count]);
            logits.AddRange(runner.Run(batch));
            tokens = tokens[count..];
        }
        return [.. logits];
    }

    /// <summary>The numbers of every slot state, one after the other.</summary>
    public float[] States() => [.. runner.Graph.States.Values.OfType<SlotState>().SelectMany(state => runner.ReadSlot(Slot, state))];
}
