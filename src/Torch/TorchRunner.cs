using System.Runtime.InteropServices;
using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Torch.States;
using static TorchSharp.torch;

namespace Hone.Torch;

/// <summary>
/// The plain reference: interprets a graph node by node with torch's operations. Not built for speed; every other way of running a graph
/// is tested against it.
/// </summary>
public sealed class TorchRunner : IModelRunner
{
    private readonly Parameters parameters;
    private readonly PooledStates states;
    private float[] logits = [];

    /// <summary>Runs an opened model, which may be closed afterwards.</summary>
    /// <exception cref="TorchUnavailableException">The build carries no libtorch.</exception>
    public TorchRunner(ModelSource source, TorchRunnerOptions options)
        : this(source.Graph, weight => StoredValues.Of(source.Tensor(weight)), source.WeightsHash, options)
    {
    }

    /// <param name="graph">The model.</param>
    /// <param name="read">The numbers of a weight as stored.</param>
    /// <param name="weightsHash">Names the weights in the fingerprint.</param>
    /// <param name="options">Number type and sizes.</param>
    /// <exception cref="GraphException">Sizes in the graph contradict each other.</exception>
    /// <exception cref="TorchUnavailableException">The build carries no libtorch.</exception>
    public TorchRunner(ModelGraph graph, Func<Weight, StoredValues> read, string weightsHash, TorchRunnerOptions options)
    {
        GraphChecks.Check(graph);
        NativeLibraries.Load();
        Graph = graph;
        (BlockSize, MaxBatchTokens, MaxOutputRows) = (options.BlockSize, options.MaxBatchTokens, options.MaxOutputRows);
        BlockCount = graph.States.Values.Any(s => s is KvState { Cross: false }) ? options.BlockCount : 0;
        SlotCount = graph.States.Values.Any(s => s is SlotState or KvState { Cross: true }) ? options.SlotCount : 0;
        VocabularySize = graph.Outputs.TryGetValue("logits", out var head) ? head.Width : 0;
        var type = options.Precision == Precision.F32 ? ScalarType.Float32 : ScalarType.Float64;
        parameters = new Parameters(graph, read, type, trainable: false);
        states = new PooledStates(graph, type, BlockSize, BlockCount, SlotCount);
        for (var slot = 0; slot < SlotCount; slot++)
            ResetSlot(slot);
        Fingerprint = $"torch-{options.Precision.ToString().ToLowerInvariant()}-{weightsHash}";
    }

    public ModelGraph Graph { get; }

    public string Fingerprint { get; }

    /// <summary>Numbers in a row of logits; 0 for a model without a head.</summary>
    public int VocabularySize { get; }

    public int BlockSize { get; }

    public int BlockCount { get; }

    public int SlotCount { get; }

    public int MaxBatchTokens { get; }

    public int MaxOutputRows { get; }

    public ReadOnlySpan<float> Run(Batch batch) => logits = Run(batch, "logits")[0];

    /// <summary>
    /// Runs the batch, advances the states and returns outputs of the graph by name, each [rows, width] in the batch's order.
    /// </summary>
    public float[][] Run(Batch batch, params string[] outputs)
    {
        var wanted = Array.ConvertAll(outputs, name =>
            Graph.Outputs.TryGetValue(name, out var value) ? value : throw new ArgumentException($"The model has no output {name}; it has {string.Join(", ", Graph.Outputs.Keys)}."));
        BatchChecks.Check(batch, this);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        states.Address(batch);
        return Array.ConvertAll(new Forward(Graph, parameters, new BatchRows(batch), states).Evaluate(wanted), ToArray);
    }

    public void CopyBlock(int from, int to)
    {
        using var scope = NewDisposeScope();
        states.CopyBlock(from, to);
    }

    public void CopySlot(int from, int to)
    {
        using var scope = NewDisposeScope();
        states.CopySlot(from, to);
    }

    public void ResetSlot(int slot)
    {
        using var scope = NewDisposeScope();
        states.ResetSlot(slot);
    }

    public float[] ReadSlot(int slot, SlotState state)
    {
        using var scope = NewDisposeScope();
        return ToArray(states.Slot(state, slot));
    }

    public void Dispose()
    {
        parameters.Dispose();
        states.Dispose();
    }

    private static float[] ToArray(Tensor tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.to_type(ScalarType.Float32).contiguous().bytes).ToArray();
}
