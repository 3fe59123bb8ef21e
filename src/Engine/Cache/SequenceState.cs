namespace Hone.Engine.Cache;

/// <summary>What a running sequence holds of the model's memory: a chain of blocks under a root and, if the model keeps one, a slot.</summary>
/// <param name="root">Root of its prefix tree.</param>
/// <param name="slot">Its slot.</param>
/// <param name="capacity">Blocks that it is likely to grow to.</param>
internal sealed class SequenceState(Block root, Slot? slot, int capacity)
{
    private int[] numbers = new int[capacity];

    public Block Root { get; } = root;

    public Slot? Slot { get; set; } = slot;

    /// <summary>The chain; its last blocks may have no computed row yet.</summary>
    public List<Block> Chain { get; } = new(capacity);

    /// <summary>Tokens that the states hold.</summary>
    public int Length { get; set; }

    /// <summary>The block table as the runner reads it, valid until the chain changes.</summary>
    public ReadOnlyMemory<int> Numbers => numbers.AsMemory(0, Chain.Count);

    public void Append(Block block)
    {
        if (numbers.Length == Chain.Count)
            Array.Resize(ref numbers, 2 * numbers.Length);
        numbers[Chain.Count] = block.Number;
        Chain.Add(block);
    }

    /// <summary>Fills an empty chain with blocks that are given from the last to the first.</summary>
    public void AppendReversed(List<Block> blocks)
    {
        for (var i = blocks.Count - 1; i >= 0; i--)
            Append(blocks[i]);
    }

    public void Replace(int index, Block block)
    {
        Chain[index] = block;
        numbers[index] = block.Number;
    }
}
