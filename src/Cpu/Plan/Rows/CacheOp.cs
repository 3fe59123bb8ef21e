using Hone.Cpu.Pools;

namespace Hone.Cpu.Plan;

/// <summary>Writes a row's key and value to the blocks of its sequence.</summary>
internal sealed unsafe class CacheOp(KvCache cache, View key, View value) : RowOp
{
    public override void Run(Forward forward, int row, int worker)
    {
        ref readonly var segment = ref forward.Segment(forward.SegmentOf[row]);
        cache.Layout.Write(cache.Pool, segment.BlockSpan, forward.Positions[row], key.Row(row, worker), value.Row(row, worker));
    }
}
