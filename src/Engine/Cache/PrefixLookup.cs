namespace Hone.Engine.Cache;

/// <summary>Finds the deepest node of a prefix tree that a text can continue from.</summary>
internal sealed class PrefixLookup(PrefixTree tree, int blockSize, bool keepsSlots)
{
    /// <summary>Looks <paramref name="tokens"/> up, as far as they may come from the cache.</summary>
    public PrefixMatch Find(Block root, ReadOnlySpan<int> tokens)
    {
        var last = root;
        var depth = 0;
        while (depth + blockSize <= tokens.Length && tree.Find(last, tokens.Slice(depth, blockSize)) is { } next)
        {
            last = next;
            depth += blockSize;
        }
        var (tail, rows, parting) = BestChild(last, tokens[depth..]);
        if (!keepsSlots)
            return new PrefixMatch(root, last, tail, rows, null, depth + rows, depth + parting);
        if (tail is not null)
            return new PrefixMatch(root, last, tail, rows, SlotPool.Find(tail, rows), depth + rows, depth + parting);
        return DeepestCheckpoint(root, last, depth, depth + parting);
    }

    /// <summary>The child that saves most, the rows it saves, and the rows up to which any child equals the text.</summary>
    private (Block? Child, int Rows, int Parting) BestChild(Block parent, ReadOnlySpan<int> rest)
    {
        Block? best = null;
        var (rows, parting) = (0, 0);
        for (var child = parent.FirstChild; child is not null; child = child.NextSibling)
        {
            var common = Math.Min(child.Computed.CommonPrefixLength(rest), blockSize - 1);
            parting = Math.Max(parting, common);
            var usable = keepsSlots ? SlotPool.Find(child, common)?.Rows ?? 0 : common;
            if (usable > rows)
                (best, rows) = (child, usable);
        }
        return (best, rows, parting);
    }

    private PrefixMatch DeepestCheckpoint(Block root, Block last, int depth, int parting)
    {
        for (var block = last; block != root; block = block.Parent!, depth -= blockSize)
        {
            if (SlotPool.Find(block, blockSize) is not { } checkpoint)
                continue;
            return checkpoint.Rows == blockSize
                ? new PrefixMatch(root, block, null, 0, checkpoint, depth, parting)
                : new PrefixMatch(root, block.Parent!, block, checkpoint.Rows, checkpoint, depth - blockSize + checkpoint.Rows, parting);
        }
        return new PrefixMatch(root, root, null, 0, null, 0, parting);
    }
}
