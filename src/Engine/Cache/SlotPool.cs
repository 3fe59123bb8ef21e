namespace Hone.Engine.Cache;

/// <summary>Slots of recurrent state. Those that no sequence runs in hold checkpoints, dropped least recently used first.</summary>
internal sealed class SlotPool
{
    private readonly Stack<Slot> free;
    private readonly LinkedList<Slot> checkpoints = new();

    public SlotPool(int count)
    {
        free = new Stack<Slot>(count);
        for (var i = count - 1; i >= 0; i--)
            free.Push(new Slot(i));
        Count = count;
    }

    public int Count { get; }

    public int CheckpointCount => checkpoints.Count;

    /// <summary>Slots that <see cref="TryTake"/> can give.</summary>
    public int Available => free.Count + checkpoints.Count;

    /// <summary>A slot for a sequence or a checkpoint; null if sequences run in all of them.</summary>
    public Slot? TryTake()
    {
        if (free.Count == 0 && checkpoints.First is { } oldest)
            Drop(oldest.Value);
        return free.TryPop(out var slot) ? slot : null;
    }

    public void Free(Slot slot) => free.Push(slot);

    /// <summary>Makes a slot the checkpoint after <paramref name="rows"/> rows of a block; frees it if the block has one there already.</summary>
    public void Attach(Slot slot, Block block, int rows)
    {
        if (Find(block, rows) is { } present && present.Rows == rows)
        {
            Touch(present);
            Free(slot);
            return;
        }
        (slot.Owner, slot.Rows, slot.NextOfOwner) = (block, rows, block.Checkpoints);
        block.Checkpoints = slot;
        checkpoints.AddLast(slot.Age);
    }

    /// <summary>The block's deepest checkpoint after at most <paramref name="rows"/> rows.</summary>
    public static Slot? Find(Block block, int rows)
    {
        Slot? best = null;
        for (var slot = block.Checkpoints; slot is not null; slot = slot.NextOfOwner)
        {
            if (slot.Rows <= rows && (best is null || slot.Rows > best.Rows))
                best = slot;
        }
        return best;
    }

    public void Touch(Slot checkpoint)
    {
        checkpoints.Remove(checkpoint.Age);
        checkpoints.AddLast(checkpoint.Age);
    }

    /// <summary>Hands the checkpoints of one block to another that holds the same tokens.</summary>
    public void Move(Block from, Block to)
    {
        while (from.Checkpoints is { } slot)
        {
            var rows = slot.Rows;
            Detach(slot);
            Attach(slot, to, rows);
        }
    }

    /// <summary>Drops a block's checkpoints after more than <paramref name="rows"/> rows.</summary>
    public void DropBeyond(Block block, int rows)
    {
        while (Find(block, int.MaxValue) is { } deepest && deepest.Rows > rows)
            Drop(deepest);
    }

    private void Drop(Slot checkpoint)
    {
        Detach(checkpoint);
        Free(checkpoint);
    }

    private void Detach(Slot checkpoint)
    {
        var block = checkpoint.Owner!;
        if (block.Checkpoints == checkpoint)
        {
            block.Checkpoints = checkpoint.NextOfOwner;
        }
        else
        {
            var before = block.Checkpoints!;
            while (before.NextOfOwner != checkpoint)
                before = before.NextOfOwner!;
            before.NextOfOwner = checkpoint.NextOfOwner;
        }
        (checkpoint.Owner, checkpoint.NextOfOwner) = (null, null);
        checkpoints.Remove(checkpoint.Age);
    }
}
