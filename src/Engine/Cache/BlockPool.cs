namespace Hone.Engine.Cache;

/// <summary>
/// All blocks: free, held by sequences, or cached in the prefix tree without a holder. The last are given out again least
/// recently used first. Sequences let go of their blocks from the last to the first and hold whole chains, so that among the
/// cached ones every child comes before its parent and the first is always a leaf.
/// </summary>
internal sealed class BlockPool
{
    private readonly Stack<Block> free;
    private readonly LinkedList<Block> cached = new();
    private readonly PrefixTree tree;
    private readonly SlotPool slots;

    public BlockPool(int count, int size, PrefixTree tree, SlotPool slots)
    {
        (this.tree, this.slots, Count) = (tree, slots, count);
        free = new Stack<Block>(count);
        for (var i = count - 1; i >= 0; i--)
            free.Push(new Block(i, size));
    }

    public int Count { get; }

    public int CachedCount => cached.Count;

    /// <summary>Blocks that <see cref="TryTake"/> can give.</summary>
    public int Available => free.Count + cached.Count;

    /// <summary>An empty block with one reference; null if sequences hold all blocks.</summary>
    public Block? TryTake()
    {
        if (free.Count == 0 && cached.First is { } oldest)
            Evict(oldest.Value);
        if (!free.TryPop(out var block))
            return null;
        block.References = 1;
        return block;
    }

    public void Hold(Block block)
    {
        if (block.References++ == 0 && block.Number >= 0)
            cached.Remove(block.Age);
    }

    /// <summary>Gives back one reference; a block with computed rows stays in the cache.</summary>
    public void Release(Block block)
    {
        if (--block.References > 0)
            return;
        if (block.Number < 0)
            tree.Prune(block);
        else if (block.Parent is null)
            Recycle(block);
        else
            cached.AddLast(block.Age);
    }

    /// <summary>Gives back the only reference to a leaf that another block replaces.</summary>
    public void Discard(Block block)
    {
        slots.DropBeyond(block, 0);
        tree.Unlink(block);
        Recycle(block);
    }

    /// <summary>Cuts a leaf back to its first rows.</summary>
    public void Truncate(Block block, int rows)
    {
        if (block.Count == rows)
            return;
        slots.DropBeyond(block, rows);
        tree.Withdraw(block);
        block.Count = rows;
    }

    /// <summary>Drops everything that no sequence holds.</summary>
    public void Clear()
    {
        while (cached.First is { } oldest)
            Evict(oldest.Value);
    }

    private void Evict(Block block)
    {
        cached.Remove(block.Age);
        Discard(block);
    }

    private void Recycle(Block block)
    {
        (block.Count, block.References) = (0, 0);
        free.Push(block);
    }
}
