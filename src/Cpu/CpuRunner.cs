using Hone.Cpu.Kernels.Attention;
using Hone.Cpu.Plan;
using Hone.Cpu.Pools;
using Hone.Cpu.Threads;
using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Models.Weights;

namespace Hone.Cpu;

/// <summary>A model on the Cpu backend: its graph planned once, its weights packed; each forward replays the plan over the batch.</summary>
public sealed unsafe class CpuRunner : IModelRunner
{
    private readonly KvPool cache;
    private readonly SlotPool slots;
    private readonly Weights weights;
    private readonly ComputePool pool;
    private readonly BatchLimits limits;
    private readonly Action<int> replay;

    private CpuRunner(ModelGraph graph, string model, Func<Weight, StoredTensor> tensors, string weightsHash, CpuOptions options)
    {
        Graph = graph;
        MaxBatchTokens = options.MaxBatchTokens;
        MaxOutputRows = options.MaxOutputRows;
        pool = new ComputePool(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        cache = new KvPool(graph, (options.KvTokens + KvLayout.Positions - 1) / KvLayout.Positions);
        slots = new SlotPool(graph.States.Values, options.Slots);
        weights = new Weights(tensors, options.Profile);
        Plan = new CpuPlan(graph, model, weights, cache, slots, options, pool.Count);
        VocabularySize = graph.Outputs["logits"].Width;
        limits = new BatchLimits(MaxBatchTokens, MaxOutputRows, TableRows(EmbeddingSource.Ids), cache.Count, BlockSize, slots.Count, TableRows(EmbeddingSource.Positions));
        Fingerprint = $"{options.Profile.ToString().ToLowerInvariant()}-{string.Join('+', weights.Arithmetics)}-{weightsHash}";
        replay = Replay;
        for (var slot = 0; slot < slots.Count; slot++)
            slots.Reset(slot);
    }

    public ModelGraph Graph { get; }

    public CpuPlan Plan { get; }

    public string Fingerprint { get; }

    public int VocabularySize { get; }

    public int BlockSize => KvLayout.Positions;

    public int BlockCount => cache.Count;

    public int SlotCount => slots.Count;

    public int MaxBatchTokens { get; }

    public int MaxOutputRows { get; }

    /// <summary>Bytes of packed weights.</summary>
    public long WeightBytes => weights.Bytes;

    /// <summary>Plans the model's graph and packs its weights. The source is needed no longer afterwards.</summary>
    /// <exception cref="UnsupportedOperationException">The graph has an operation that this backend lacks.</exception>
    public static CpuRunner Create(ModelSource source, CpuOptions options) => Create(source.Graph, source.Path, source.Tensor, source.WeightsHash, options);

    /// <param name="model">Name for messages.</param>
    /// <param name="tensors">The stored tensor of each of the graph's weights.</param>
    /// <param name="weightsHash">Digest of the weights.</param>
    internal static CpuRunner Create(ModelGraph graph, string model, Func<Weight, StoredTensor> tensors, string weightsHash, CpuOptions options)
    {
        Lowering.CheckSupport(graph, model);
        return new CpuRunner(graph, model, tensors, weightsHash, options);
    }

    public ReadOnlySpan<float> Run(Batch batch)
    {
        Plan.Forward.Load(batch, limits);
        if (Plan.Forward.Tokens > 0)
            pool.Run(replay);
        return new ReadOnlySpan<float>(Plan.Logits.Row(0, 0), Plan.Forward.Outputs * VocabularySize);
    }

    public void CopyBlock(int from, int to) => cache.Copy(from, to);

    public void CopySlot(int from, int to) => slots.Copy(from, to);

    public void ResetSlot(int slot) => slots.Reset(slot);

    public float[] ReadSlot(int slot, SlotState state) => new ReadOnlySpan<float>(slots.Of(state, slot), state.Length).ToArray();

    public void Dispose()
    {
        pool.Dispose();
        Plan.Dispose();
        weights.Dispose();
        slots.Dispose();
        cache.Dispose();
    }

    /// <summary>
    /// Every thread goes through the steps; a barrier stands before each that is shared. Small steps are done at the barrier by the thread that comes last, so that
    /// they cost no barrier of their own: five a layer remain at decode.
    /// </summary>
    private void Replay(int worker)
    {
        var (steps, forward) = (Plan.Steps, Plan.Forward);
        for (var next = 0; next < steps.Length; next++)
        {
            var shared = next;
            while (shared < steps.Length && steps[shared].IsSmall(forward))
                shared++;
            if (pool.Arrive())
            {
                for (; next < shared; next++)
                    RunAlone(steps[next], worker);
                pool.Release();
            }
            next = shared;
            if (shared < steps.Length)
                Share(steps[shared], worker);
        }
    }

    private void RunAlone(Step step, int worker)
    {
        var items = step.Items(Plan.Forward);
        for (var item = 0; item < items; item++)
            step.Run(Plan.Forward, item, worker);
    }

    private void Share(Step step, int worker)
    {
        var items = step.Items(Plan.Forward);
        for (var item = pool.Next(); item < items; item = pool.Next())
            step.Run(Plan.Forward, item, worker);
    }

    /// <summary>Rows of the smallest table of that kind, offsets taken off: larger ids or positions cannot be looked up.</summary>
    private int TableRows(EmbeddingSource source) =>
        Graph.Nodes.Select(n => n.Op).OfType<Embedding>().Where(e => e.Source == source).Select(e => e.Table.Shape[0] - e.Offset).DefaultIfEmpty(int.MaxValue).Min();
}
