using Hone.Cpu.Memory;
using Hone.Models;

namespace Hone.Cpu.Plan;

/// <summary>A segment as steps see it.</summary>
internal unsafe struct SegmentRun
{
    /// <summary>First row among the batch's tokens.</summary>
    public int First;

    /// <summary>New rows.</summary>
    public int Count;

    /// <summary>Rows that the states already hold.</summary>
    public int Past;

    /// <summary>Slot of the recurrent states.</summary>
    public int Slot;

    /// <summary>Numbers of the KV blocks, by position / block size.</summary>
    public int* Blocks;

    public int BlockCount;

    public readonly ReadOnlySpan<int> BlockSpan => new(Blocks, BlockCount);
}

/// <summary>
/// One batch, taken apart into arrays by row that live as long as the runner: filling them allocates nothing, unless a batch
/// names more KV blocks than any before.
/// </summary>
internal sealed unsafe class Forward : IDisposable
{
    private readonly AlignedMemory rows;
    private readonly SegmentRun[] segments;
    private readonly RopeTables ropes;
    private readonly List<QueryTiles> tilings = [];
    private AlignedMemory blocks = new(4096);

    public Forward(int maxTokens, int maxOutputs, RopeTables ropes)
    {
        this.ropes = ropes;
        MaxTokens = maxTokens;
        segments = new SegmentRun[maxTokens];
        rows = new AlignedMemory((3L * maxTokens + maxOutputs) * sizeof(int));
        Ids = (int*)rows.Pointer;
        Positions = Ids + maxTokens;
        SegmentOf = Positions + maxTokens;
        OutputTokens = SegmentOf + maxTokens;
    }

    public int MaxTokens { get; }

    public int Tokens { get; private set; }

    public int Outputs { get; private set; }

    /// <summary>Segments that bring at least one token.</summary>
    public int SegmentCount { get; private set; }

    /// <summary>[Tokens] token ids.</summary>
    public int* Ids { get; }

    /// <summary>[Tokens] positions within the sequence.</summary>
    public int* Positions { get; }

    /// <summary>[Tokens] index into the segments.</summary>
    public int* SegmentOf { get; }

    /// <summary>[Outputs] token row of each output row.</summary>
    public int* OutputTokens { get; }

    public ref readonly SegmentRun Segment(int index) => ref segments[index];

    /// <summary>The tiles of a size; steps of one size share them.</summary>
    public QueryTiles TilesOf(int size)
    {
        var tiles = tilings.Find(t => t.Size == size);
        if (tiles is null)
            tilings.Add(tiles = new QueryTiles(size, MaxTokens));
        return tiles;
    }

    /// <summary>Takes a batch in. Everything is checked before anything changes.</summary>
    public void Load(Batch batch, BatchLimits limits)
    {
        limits.Check(batch);
        Tokens = Outputs = SegmentCount = 0;
        ReserveBlocks(batch);
        var nextBlock = (int*)blocks.Pointer;
        foreach (ref readonly var segment in batch.Segments)
        {
            if (segment.Count == 0)
                continue;
            segment.Blocks.Span.CopyTo(new Span<int>(nextBlock, segment.Blocks.Length));
            segments[SegmentCount] = new SegmentRun { First = Tokens, Count = segment.Count, Past = segment.Past, Slot = segment.Slot, Blocks = nextBlock, BlockCount = segment.Blocks.Length };
            nextBlock += segment.Blocks.Length;
            LoadRows(batch.Tokens.Slice(segment.First, segment.Count), segment);
            SegmentCount++;
        }
        foreach (var tiles in tilings)
            tiles.Fill(this);
    }

    public void Dispose()
    {
        rows.Dispose();
        blocks.Dispose();
    }

    private void LoadRows(ReadOnlySpan<int> ids, in Segment segment)
    {
        var ropeLength = segment.RopeLength > 0 ? segment.RopeLength : segment.Past + segment.Count;
        for (var j = 0; j < segment.Count; j++, Tokens++)
        {
            Ids[Tokens] = ids[j];
            Positions[Tokens] = segment.Past + j;
            SegmentOf[Tokens] = SegmentCount;
            if (j >= segment.OutputFrom)
                OutputTokens[Outputs++] = Tokens;
        }
        ropes.Fill(Tokens - segment.Count, segment.Count, segment.Past, ropeLength);
    }

    private void ReserveBlocks(Batch batch)
    {
        var bytes = 0L;
        foreach (ref readonly var segment in batch.Segments)
            bytes += segment.Blocks.Length * sizeof(int);
        if (bytes <= blocks.Bytes)
            return;
        blocks.Dispose();
        blocks = new AlignedMemory(2 * bytes);
    }
}
