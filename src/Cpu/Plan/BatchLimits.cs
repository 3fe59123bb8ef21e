using Hone.Models;

namespace Hone.Cpu.Plan;

/// <summary>What a batch may ask of a runner. A batch beyond it is the caller's error and changes nothing.</summary>
internal sealed record BatchLimits(int MaxTokens, int MaxOutputs, int Vocabulary, int Blocks, int BlockSize, int Slots, int MaxPositions)
{
    /// <exception cref="ArgumentException">Says which number is out of which range.</exception>
    public void Check(Batch batch)
    {
        if (batch.OutputRowCount > MaxOutputs)
            throw new ArgumentException($"A batch wants {batch.OutputRowCount} output rows, the runner has room for {MaxOutputs}.");
        var tokens = 0;
        foreach (ref readonly var segment in batch.Segments)
        {
            tokens += segment.Count;
            if (tokens > MaxTokens)
                throw new ArgumentException($"A batch of more than {MaxTokens} tokens.");
            if (segment.Adapter != 0)
                throw new NotSupportedException($"Adapter {segment.Adapter}: the Cpu backend has no adapters yet.");
            if (!segment.Source.IsEmpty || !segment.TokenTypes.IsEmpty)
                throw new NotSupportedException("Source rows and token types belong to encoders, which the Cpu backend does not run yet.");
            Check(segment);
        }
        foreach (var id in batch.Tokens)
        {
            if ((uint)id >= (uint)Vocabulary)
                throw new ArgumentException($"Token {id} is outside the vocabulary of {Vocabulary}.");
        }
    }

    private void Check(in Segment segment)
    {
        var length = (long)segment.Past + segment.Count;
        if (segment.Past < 0 || length > MaxPositions)
            throw new ArgumentException($"Positions {segment.Past} … {length} are outside of 0 … {MaxPositions}.");
        if (Slots > 0 && segment.Count > 0 && (uint)segment.Slot >= (uint)Slots)
            throw new ArgumentException($"Slot {segment.Slot} is outside the pool of {Slots}.");
        if (Blocks == 0)
            return;
        if ((long)segment.Blocks.Length * BlockSize < length)
            throw new ArgumentException($"{segment.Blocks.Length} blocks of {BlockSize} do not hold {length} tokens.");
        foreach (var block in segment.Blocks.Span)
        {
            if ((uint)block >= (uint)Blocks)
                throw new ArgumentException($"Block {block} is outside the pool of {Blocks}.");
        }
    }
}
