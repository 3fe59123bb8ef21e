using Hone.Cpu.Kernels;
using Hone.Cpu.Pools;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Causal convolution: items are ranges of channels of a segment, each with its part of the state.</summary>
internal sealed unsafe class ConvolutionStep(Conv1d conv, View x, View result, View taps, View? bias, ElementOp[] epilogue, SlotPool slots) : Step
{
    private const int ChannelsPerItem = 64;

    private readonly int tiles = (x.Width + ChannelsPerItem - 1) / ChannelsPerItem;

    public override int Items(Forward forward) => forward.SegmentCount * tiles;

    public override bool IsSmall(Forward forward) => forward.Tokens <= 1;

    public override void Run(Forward forward, int item, int worker)
    {
        ref readonly var segment = ref forward.Segment(item / tiles);
        var first = item % tiles * ChannelsPerItem;
        var count = Math.Min(ChannelsPerItem, x.Width - first);
        Convolution.Apply(
            x.Row(segment.First, worker), x.Stride, result.Row(segment.First, worker), result.Stride, segment.Count, taps.Row(0, 0),
            bias is { } b ? b.Row(0, 0) : null, slots.Of(conv.State, segment.Slot), x.Width, conv.Kernel, first, count);
        for (var row = segment.First; row < segment.First + segment.Count; row++)
        {
            foreach (var op in epilogue)
                op.Run(forward, row, worker, first, count);
        }
    }
}
