namespace Hone.Cpu.Plan;

/// <summary>The batch's rows cut into tiles of neighbouring rows of one segment; made once a forward for each tile size.</summary>
internal sealed class QueryTiles(int size, int maxTokens)
{
    private readonly (int Segment, int First)[] tiles = new (int, int)[maxTokens];

    public int Size => size;

    public int Count { get; private set; }

    /// <summary>Segment, first row within it, rows.</summary>
    public (int Segment, int First, int Rows) Of(Forward forward, int tile)
    {
        var (segment, first) = tiles[tile];
        return (segment, first, Math.Min(size, forward.Segment(segment).Count - first));
    }

    public void Fill(Forward forward)
    {
        Count = 0;
        for (var segment = 0; segment < forward.SegmentCount; segment++)
        {
            for (var first = 0; first < forward.Segment(segment).Count; first += size)
                tiles[Count++] = (segment, first);
        }
    }
}
