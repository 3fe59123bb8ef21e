using Hone.Models;
using Hone.Models.Graph;
using Hone.Torch.States;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Torch;

/// <summary>
/// A graph with its parameters as leaves of torch's autograd. Segments are whole sequences that start from empty states, so packing documents
/// into one batch needs no mask. Tensors returned live in the caller's dispose scope: open one around every step.
/// </summary>
public sealed class TrainableModel : IDisposable
{
    /// <summary>Target of a row that carries no loss.</summary>
    public const int NoTarget = -100;

    private readonly Parameters parameters;

    /// <summary>Trains an opened model, which may be closed afterwards.</summary>
    /// <exception cref="TorchUnavailableException">The build carries no libtorch.</exception>
    public TrainableModel(ModelSource source, Precision precision) : this(source.Graph, weight => StoredValues.Of(source.Tensor(weight)), precision)
    {
    }

    /// <param name="graph">The model.</param>
    /// <param name="read">The numbers of a weight as stored.</param>
    /// <param name="precision">Number type of parameters and values.</param>
    /// <exception cref="GraphException">Sizes in the graph contradict each other.</exception>
    /// <exception cref="TorchUnavailableException">The build carries no libtorch.</exception>
    public TrainableModel(ModelGraph graph, Func<Weight, StoredValues> read, Precision precision)
    {
        GraphChecks.Check(graph);
        NativeLibraries.Load();
        Graph = graph;
        parameters = new Parameters(graph, read, precision == Precision.F32 ? ScalarType.Float32 : ScalarType.Float64, trainable: true);
    }

    public ModelGraph Graph { get; }

    /// <summary>The parameters under their stored names, in their stored shapes; gradients stand in their <c>grad</c> after <c>backward</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> Stored => parameters.Stored;

    /// <summary>Outputs of the graph by name, each [rows, width] in the batch's order.</summary>
    public Tensor[] Forward(Batch batch, params string[] outputs)
    {
        foreach (ref readonly var segment in batch.Segments)
        {
            if (segment.Past != 0)
                throw new ArgumentException("Training runs whole sequences: a segment has past tokens.");
        }
        var wanted = Array.ConvertAll(outputs, name => Graph.Outputs[name]);
        return new Forward(Graph, parameters, new BatchRows(batch), new FreshStates(parameters.Type)).Evaluate(wanted);
    }

    /// <summary>Mean of −log p(target) over the output rows that have a target.</summary>
    /// <param name="batch">Whole sequences.</param>
    /// <param name="targets">For each output row the token that should follow, or <see cref="NoTarget"/>.</param>
    public Tensor Loss(Batch batch, ReadOnlySpan<int> targets)
    {
        if (targets.Length != batch.OutputRowCount)
            throw new ArgumentException($"{targets.Length} targets for {batch.OutputRowCount} output rows.");
        using var scope = NewDisposeScope();
        return CrossEntropy(Forward(batch, "logits")[0], targets).MoveToOuterDisposeScope();
    }

    /// <summary>Clears all gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in Stored.Values)
        {
            using var gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    public void Dispose() => parameters.Dispose();

    /// <summary>Mean of −log softmax(row)[target] over the rows of logits [R, V] that have a target.</summary>
    internal static Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets)
    {
        foreach (var target in targets)
        {
            if (target != NoTarget && (target < 0 || target >= logits.shape[1]))
                throw new ArgumentException($"Target {target} in a vocabulary of {logits.shape[1]}.");
        }
        var labels = tensor(Array.ConvertAll(targets.ToArray(), target => (long)target));
        return nn.functional.cross_entropy(logits, labels, ignore_index: NoTarget);
    }
}
