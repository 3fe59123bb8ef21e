using Hone.Cpu;
using Hone.Models;

namespace Hone.Unit.Cpu.Plan;

/// <summary>A sequence of a runner: its blocks, its slot, how far it has come.</summary>
internal sealed class Sequence(CpuRunner runner, int slot, int capacity)
{
    private readonly int[] blocks = [.. Enumerable.Range(0, (capacity + runner.BlockSize - 1) / runner.BlockSize).Select(i => i * runner.SlotCount + slot)];

    public int Length { get; private set; }

    public int Slot => slot;

    /// <summary>Appends a segment of these tokens, all of whose rows are wanted.</summary>
    public void Add(Batch batch, ReadOnlySpan<int> tokens)
    {
        batch.Add(new Segment
        {
            First = batch.Append(tokens),
            Count = tokens.Length,
            Past = Length,
            Blocks = blocks,
            Slot = slot,
            OutputFrom = 0,
        });
        Length += tokens.Length;
    }

    /// <summary>Runs the tokens in chunks of that size; logits of all rows.</summary>
    public float[] Run(ReadOnlySpan<int> tokens, int chunk)
    {
        var logits = new List<float>();
        var batch = new Batch();
        for (var first = 0; first < tokens.Length; first += chunk)
        {
            batch.Clear();
            Add(batch, tokens.Slice(first, Math.Min(chunk, tokens.Length - first)));
            logits.AddRange(runner.Run(batch));
        }
        return [.. logits];
    }
}
