namespace Hone.Engine.Cache;

/// <summary>
/// One KV block and, as soon as it holds a token, a node of the prefix tree: its tokens follow those of its parents up to the root.
/// Only the sequence that a block was opened for appends to it; all others read the rows below <see cref="Count"/> or copy them.
/// A root has number −1 and no tokens. Models without KV use blocks as nodes only.
/// </summary>
internal sealed class Block
{
    public Block(int number, int size)
    {
        Number = number;
        Tokens = new int[size];
        Age = new LinkedListNode<Block>(this);
    }

    public int Number { get; }

    /// <summary>Token ids of the rows; [0, <see cref="Count"/>) are computed.</summary>
    public int[] Tokens { get; }

    public int Count { get; set; }

    /// <summary>Sequences that hold the block.</summary>
    public int References { get; set; }

    /// <summary>Hash of all tokens from the root to the end of this block; meaningful once it is full.</summary>
    public ulong Hash { get; set; }

    public Block? Parent { get; set; }

    public Block? FirstChild { get; set; }

    public Block? NextSibling { get; set; }

    public Block? PreviousSibling { get; set; }

    /// <summary>Checkpoints of the recurrent states after one of this block's rows, linked by <see cref="Slot.NextOfOwner"/>.</summary>
    public Slot? Checkpoints { get; set; }

    /// <summary>Place among the unreferenced blocks, least recently used first.</summary>
    public LinkedListNode<Block> Age { get; }

    public bool IsFull => Count == Tokens.Length;

    public ReadOnlySpan<int> Computed => Tokens.AsSpan(0, Count);
}
