namespace Hone.Engine.Cache;

/// <summary>
/// Computed blocks as trees over token ids, one root per <see cref="PrefixKey"/>. Full blocks are found by the hash of the
/// chain that ends in them, the block in which two texts part by comparing with the children of the last common one.
/// </summary>
internal sealed class PrefixTree(int capacity)
{
    private readonly Dictionary<PrefixKey, Block> roots = [];
    private readonly Dictionary<Block, PrefixKey> keys = [];
    private readonly Dictionary<ulong, Block> full = new(capacity);
    private ulong rootCount;

    /// <summary>The key's root; it lives while sequences hold it or it has children.</summary>
    public Block Root(PrefixKey key)
    {
        if (!roots.TryGetValue(key, out var root))
        {
            root = new Block(-1, 0) { Hash = Hash64.Mix(++rootCount) };
            roots.Add(key, root);
            keys.Add(root, key);
        }
        return root;
    }

    /// <summary>The full block that continues <paramref name="parent"/> by exactly these tokens.</summary>
    public Block? Find(Block parent, ReadOnlySpan<int> tokens) =>
        full.TryGetValue(Hash64.Chain(parent.Hash, tokens), out var block) && block.Parent == parent && tokens.SequenceEqual(block.Tokens) ? block : null;

    public static void Link(Block parent, Block child)
    {
        child.Parent = parent;
        child.NextSibling = parent.FirstChild;
        if (parent.FirstChild is { } first)
            first.PreviousSibling = child;
        parent.FirstChild = child;
    }

    /// <summary>Enters a block that has just become full, or returns the one that holds the same prefix already.</summary>
    public Block Publish(Block block)
    {
        if (Find(block.Parent!, block.Tokens) is { } same)
            return same;
        block.Hash = Hash64.Chain(block.Parent!.Hash, block.Tokens);
        full.TryAdd(block.Hash, block);
        return block;
    }

    /// <summary>Undoes <see cref="Publish"/>: the block is full no longer.</summary>
    public void Withdraw(Block block)
    {
        if (full.TryGetValue(block.Hash, out var entered) && entered == block)
            full.Remove(block.Hash);
        block.Hash = 0;
    }

    /// <summary>Takes a block without children out of the tree.</summary>
    public void Unlink(Block block)
    {
        Withdraw(block);
        var parent = block.Parent!;
        if (block.PreviousSibling is { } previous)
            previous.NextSibling = block.NextSibling;
        else
            parent.FirstChild = block.NextSibling;
        if (block.NextSibling is { } next)
            next.PreviousSibling = block.PreviousSibling;
        (block.Parent, block.NextSibling, block.PreviousSibling) = (null, null, null);
        Prune(parent);
    }

    /// <summary>Forgets a root that nothing hangs on, so that many salts cost nothing.</summary>
    public void Prune(Block root)
    {
        if (root is { Number: < 0, References: 0, FirstChild: null } && keys.Remove(root, out var key))
            roots.Remove(key);
    }
}
