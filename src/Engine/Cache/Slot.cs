namespace Hone.Engine.Cache;

/// <summary>One slot of recurrent state: free, the state of a running sequence, or a checkpoint.</summary>
internal sealed class Slot
{
    public Slot(int number)
    {
        Number = number;
        Age = new LinkedListNode<Slot>(this);
    }

    public int Number { get; }

    /// <summary>The block that a checkpoint belongs to; null if the slot is no checkpoint.</summary>
    public Block? Owner { get; set; }

    /// <summary>Rows of <see cref="Owner"/> that the checkpoint has seen, 1 … block size.</summary>
    public int Rows { get; set; }

    public Slot? NextOfOwner { get; set; }

    /// <summary>Place among the checkpoints, least recently used first.</summary>
    public LinkedListNode<Slot> Age { get; }
}
