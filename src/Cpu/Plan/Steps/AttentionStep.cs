using Hone.Cpu.Kernels.Attention;
using Hone.Cpu.Pools;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Attention over cached keys and values: items are the query heads of one kv head for a tile of a segment's rows.</summary>
internal sealed unsafe class AttentionStep(AttentionKernel kernel, KvCache cache, View q, View result, View? sinks, QueryTiles tiles, WorkerScratch scratch) : Step
{
    public static AttentionShape ShapeOf(Attention a) => new(a.Heads, a.KvHeads, a.DimK, a.DimV, (float)a.Scale, a.Window, (float)a.Softcap);

    public override int Items(Forward forward) => tiles.Count * kernel.Shape.KvHeads;

    public override void Run(Forward forward, int item, int worker)
    {
        var (index, first, count) = tiles.Of(forward, item / kernel.Shape.KvHeads);
        ref readonly var segment = ref forward.Segment(index);
        var rows = new AttentionRows
        {
            Q = q.Row(segment.First, worker),
            QStride = q.Stride,
            Y = result.Row(segment.First, worker),
            YStride = result.Stride,
            Past = segment.Past,
            Pool = cache.Pool,
            Blocks = segment.BlockSpan,
            Sinks = sinks is { } s ? s.Row(0, 0) : null,
        };
        kernel.Run(rows, item % kernel.Shape.KvHeads, first, count, scratch.Of(worker));
    }
}
