using Hone.Cpu.Kernels;
using Hone.Cpu.Pools;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>The delta rule: items are value columns of a head of a segment, each scanning the segment's tokens with its part of the state.</summary>
internal sealed unsafe class DeltaStep(DeltaRule delta, View q, View k, View v, View beta, View? logDecay, View result, SlotPool slots, WorkerScratch scratch) : Step
{
    private readonly int dk = q.Width / delta.KeyHeads;
    private readonly int dv = v.Width / delta.Heads;
    private readonly int tiles = (v.Width / delta.Heads + DeltaScan.Columns - 1) / DeltaScan.Columns;

    /// <summary>Bytes of scratch that an item needs.</summary>
    public static int ScratchBytes(Value node) => node.Inputs[0].Width / ((DeltaRule)node.Op).KeyHeads * DeltaScan.Columns * sizeof(float);

    public override int Items(Forward forward) => forward.SegmentCount * delta.Heads * tiles;

    public override void Run(Forward forward, int item, int worker)
    {
        ref readonly var segment = ref forward.Segment(item / (delta.Heads * tiles));
        var head = item / tiles % delta.Heads;
        var column = item % tiles * DeltaScan.Columns;
        var key = (delta.Tiled ? head % delta.KeyHeads : head / (delta.Heads / delta.KeyHeads)) * dk;
        var value = head * dv + column;
        var row = segment.First;
        var decayPerHead = logDecay is { } d ? d.Width / delta.Heads : 0;
        DeltaScan.Apply(
            q.Row(row, worker) + key, q.Stride, k.Row(row, worker) + key, k.Stride, v.Row(row, worker) + value, v.Stride,
            beta.Row(row, worker) + head, beta.Stride, logDecay is { } g ? g.Row(row, worker) + head * decayPerHead : null, logDecay?.Stride ?? 0,
            decayPerHead > 1, result.Row(row, worker) + value, result.Stride, segment.Count,
            slots.Of(delta.State, segment.Slot) + (nint)head * dk * dv + column, dk, dv, Math.Min(DeltaScan.Columns, dv - column), (float*)scratch.Of(worker));
    }
}
