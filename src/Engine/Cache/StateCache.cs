using Hone.Models;

namespace Hone.Engine.Cache;

/// <summary>
/// The model's memory as the scheduler sees it: sequences are opened on what the cache holds of their text, grow by blocks,
/// leave checkpoints and, when closed, stay in the cache until others need the room.
/// </summary>
internal sealed class StateCache
{
    /// <summary>Tokens of a node of models without KV.</summary>
    private const int NodeSize = 64;

    /// <summary>Blocks by which a sequence grows before its table does.</summary>
    private const int Headroom = 16;

    private const int MaxNodes = 1 << 16;

    private readonly IModelRunner runner;
    private readonly PrefixTree tree;
    private readonly PrefixLookup lookup;
    private readonly List<Block> path = [];

    /// <summary>Memory of a runner that serves sequences of up to <paramref name="contextLength"/> tokens.</summary>
    public StateCache(IModelRunner runner, int contextLength)
    {
        this.runner = runner;
        KeepsBlocks = runner.BlockCount > 0;
        KeepsSlots = runner.SlotCount > 0;
        BlockSize = KeepsBlocks ? runner.BlockSize : NodeSize;
        var count = KeepsBlocks ? runner.BlockCount : NodesFor(runner.SlotCount, contextLength);
        tree = new PrefixTree(count);
        Slots = new SlotPool(runner.SlotCount);
        Blocks = new BlockPool(count, BlockSize, tree, Slots);
        lookup = new PrefixLookup(tree, BlockSize, KeepsSlots);
    }

    public bool KeepsBlocks { get; }

    public bool KeepsSlots { get; }

    public int BlockSize { get; }

    public BlockPool Blocks { get; }

    public SlotPool Slots { get; }

    public int BlocksFor(int tokens) => (tokens + BlockSize - 1) / BlockSize;

    /// <summary>
    /// Opens a sequence on the deepest match that the cache holds of its text. Null if it needs a slot and none is left, or
    /// more than <paramref name="spareBlocks"/> blocks.
    /// </summary>
    /// <param name="key">Tree to look in.</param>
    /// <param name="tokens">The text; blocks are counted for all of it but not reserved.</param>
    /// <param name="reusable">Tokens that may come from the cache.</param>
    /// <param name="spareBlocks">Blocks of <see cref="BlockPool.Available"/> that the sequence may count on.</param>
    /// <param name="parting">Tokens up to which the text equals a cached one.</param>
    public SequenceState? TryOpen(PrefixKey key, ReadOnlySpan<int> tokens, int reusable, int spareBlocks, out int parting)
    {
        var root = tree.Root(key);
        var match = lookup.Find(root, tokens[..reusable]);
        parting = match.Parting;
        var state = Cost(match, tokens.Length) <= spareBlocks && (!KeepsSlots || Slots.Available > 0) ? Open(match, BlocksFor(tokens.Length) + Headroom) : null;
        tree.Prune(root);
        return state;
    }

    /// <summary>Makes room for the states of <paramref name="tokens"/> tokens; false (with the blocks got so far) if there is none.</summary>
    public bool TryReserve(SequenceState state, int tokens)
    {
        for (var missing = BlocksFor(tokens) - state.Chain.Count; missing > 0; missing--)
        {
            if (Blocks.TryTake() is not { } block)
                return false;
            state.Append(block);
        }
        return true;
    }

    /// <summary>Tokens that the sequence's blocks have room for.</summary>
    public int Capacity(SequenceState state) => state.Chain.Count * BlockSize;

    /// <summary>Records that a step has advanced the states by these tokens.</summary>
    public void Commit(SequenceState state, ReadOnlySpan<int> tokens)
    {
        while (tokens.Length > 0)
        {
            var index = state.Length / BlockSize;
            var block = state.Chain[index];
            var taken = Math.Min(tokens.Length, BlockSize - block.Count);
            tokens[..taken].CopyTo(block.Tokens.AsSpan(block.Count));
            block.Count += taken;
            state.Length += taken;
            tokens = tokens[taken..];
            if (block.Parent is null)
                PrefixTree.Link(index == 0 ? state.Root : state.Chain[index - 1], block);
            if (block.IsFull)
                Publish(state, index, block);
        }
    }

    /// <summary>Keeps a copy of the sequence's slot where it stands; without effect if sequences run in all slots.</summary>
    public void Checkpoint(SequenceState state)
    {
        if (state.Length == 0 || Slots.TryTake() is not { } copy)
            return;
        runner.CopySlot(state.Slot!.Number, copy.Number);
        var last = (state.Length - 1) / BlockSize;
        Slots.Attach(copy, state.Chain[last], state.Length - (last * BlockSize));
    }

    /// <summary>Lets go of all that a sequence holds; what it computed stays cached if <paramref name="keep"/>, its slot as a checkpoint.</summary>
    public void Close(SequenceState state, bool keep)
    {
        if (state.Slot is { } slot)
        {
            var last = (state.Length - 1) / BlockSize;
            if (keep && state.Length > 0)
                Slots.Attach(slot, state.Chain[last], state.Length - (last * BlockSize));
            else
                Slots.Free(slot);
            state.Slot = null;
        }
        for (var i = state.Chain.Count - 1; i >= 0; i--)
            Blocks.Release(state.Chain[i]);
        state.Chain.Clear();
        Blocks.Release(state.Root);
    }

    private int Cost(in PrefixMatch match, int tokens)
    {
        var (shared, unheld) = (0, 0);
        for (var block = match.Last; block != match.Root; block = block.Parent!)
        {
            shared++;
            unheld += block.References == 0 ? 1 : 0;
        }
        return BlocksFor(tokens) - shared + unheld;
    }

    private SequenceState Open(in PrefixMatch match, int capacity)
    {
        var state = new SequenceState(match.Root, KeepsSlots ? TakeSlot(match.Checkpoint) : null, capacity);
        HoldChain(state, match);
        if (match.Tail is not null)
            OpenTail(state, match.Tail, match.TailRows);
        state.Length = match.Length;
        return state;
    }

    private static int NodesFor(int slots, int contextLength)
    {
        var perSequence = (contextLength + NodeSize - 1) / NodeSize;
        return (int)Math.Max(perSequence, Math.Min(MaxNodes, (long)slots * perSequence));
    }

    private Slot TakeSlot(Slot? checkpoint)
    {
        if (checkpoint is not null)
            Slots.Touch(checkpoint);
        var slot = Slots.TryTake() ?? throw new InvalidOperationException("A sequence was opened without a slot left.");
        if (checkpoint is null)
            runner.ResetSlot(slot.Number);
        else if (slot != checkpoint)
            runner.CopySlot(checkpoint.Number, slot.Number);
        return slot;
    }

    private void HoldChain(SequenceState state, in PrefixMatch match)
    {
        path.Clear();
        Blocks.Hold(match.Root);
        for (var block = match.Last; block != match.Root; block = block.Parent!)
        {
            Blocks.Hold(block);
            path.Add(block);
        }
        state.AppendReversed(path);
    }

    /// <summary>
    /// Continues a copy of a cached block's first rows. The block itself is continued if no text loses by it, or if there is no
    /// room for a copy: then nobody else holds it and nothing hangs on it, since that would have been given up first.
    /// </summary>
    private void OpenTail(SequenceState state, Block tail, int rows)
    {
        Blocks.Hold(tail);
        var alone = tail.References == 1;
        if ((alone && tail.Count == rows) || Blocks.TryTake() is not { } copy)
        {
            if (!alone || tail.FirstChild is not null)
                throw new InvalidOperationException("A sequence was opened without a block left.");
            Blocks.Truncate(tail, rows);
            state.Append(tail);
            return;
        }
        if (KeepsBlocks)
            runner.CopyBlock(tail.Number, copy.Number);
        tail.Computed[..rows].CopyTo(copy.Tokens);
        copy.Count = rows;
        PrefixTree.Link(tail.Parent!, copy);
        state.Append(copy);
        Blocks.Release(tail);
    }

    private void Publish(SequenceState state, int index, Block block)
    {
        var entered = tree.Publish(block);
        if (entered == block)
            return;
        Blocks.Hold(entered);
        Slots.Move(block, entered);
        state.Replace(index, entered);
        Blocks.Discard(block);
    }
}
