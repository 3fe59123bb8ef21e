using Hone.Cpu.Kernels.Attention;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Packing;
using Hone.Cpu.Pools;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A graph made ready to run: groups of nodes in order, a step for each, memory for all their operands.</summary>
public sealed partial class CpuPlan : IDisposable
{
    private readonly Buffers buffers;
    private readonly WorkerScratch scratch;
    private readonly RopeTables ropes;
    private readonly View logits;

    internal CpuPlan(ModelGraph graph, string model, Weights weights, KvPool cache, SlotPool slots, CpuOptions options, int workers)
    {
        var groups = new GroupList(graph, new Lowering(graph, model, linear => FormOf(weights.Matrix(linear.Matrix))).Lower());
        foreach (var rule in FusionRule.All.Where(r => !options.DisabledFusions.Contains(r.Name)))
            rule.Apply(groups);
        groups.CheckOrder();
        Groups = groups.Items;
        Weights = weights;

        var result = Lowering.Logits(graph, model);
        buffers = new Buffers(Groups, result, options.MaxBatchTokens, options.MaxOutputRows, workers);
        scratch = new WorkerScratch(workers, Groups.Max(ScratchBytes));
        ropes = new RopeTables(options.MaxBatchTokens);
        Forward = new Forward(options.MaxBatchTokens, options.MaxOutputRows, ropes);
        var binding = new Binding(graph, buffers, weights, ropes, slots, cache, Forward, scratch);
        Steps = binding.Bind(Groups);
        logits = binding.ViewOf(result);
    }

    internal IReadOnlyList<Group> Groups { get; }

    internal Step[] Steps { get; }

    internal Forward Forward { get; }

    internal Weights Weights { get; }

    internal Buffers Buffers => buffers;

    /// <summary>Bytes of activations and scratch.</summary>
    public long WorkingBytes => buffers.ArenaBytes + scratch.Bytes;

    /// <summary>Logits of the last forward [Outputs, vocabulary]; rows follow each other without a gap, since the width is in whole cache lines or copied.</summary>
    internal View Logits => logits;

    public void Dispose()
    {
        Forward.Dispose();
        ropes.Dispose();
        scratch.Dispose();
        buffers.Dispose();
    }

    private static OperandForm FormOf(PackedMatrix matrix) => matrix.Input == ActivationForm.Int8 ? OperandForm.Packed : OperandForm.Floats;

    private long ScratchBytes(Group group) => group switch
    {
        ProductGroup => PackedMatrix.ScratchBytes,
        MixerGroup { Node.Op: Attention attention } => ScratchBytes(new AttentionKernel(AttentionStep.ShapeOf(attention))),
        MixerGroup { Node: { Op: DeltaRule } node } => DeltaStep.ScratchBytes(node),
        _ => 0,
    };

    private static long ScratchBytes(AttentionKernel kernel) => kernel.ScratchBytes(kernel.Shape.QueryTile);
}
