using Hone.Models.Graph;
using Hone.Torch.Ops;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Torch;

/// <summary>
/// The tensors of a graph, by stored name. Forms are applied as nodes on the stored tensor at each use, so that gradients come
/// under the stored name in the stored shape.
/// </summary>
internal sealed class Parameters : IDisposable
{
    private readonly Dictionary<string, Tensor> stored = [];
    private readonly HashSet<string> canonical = [];

    public Parameters(ModelGraph graph, Func<Weight, StoredValues> read, ScalarType type, bool trainable)
    {
        Type = type;
        foreach (var weight in graph.Weights.Values)
        {
            var values = read(weight);
            if (values.Numbers.LongLength != weight.Count)
                throw new ArgumentException($"{weight.Name} has {values.Numbers.LongLength} numbers, the graph asks for [{string.Join(", ", weight.Shape)}].");
            if (values.IsCanonical)
                canonical.Add(weight.Name);
            var turned = values.IsCanonical && weight.Form == Form.Transposed;
            long[] shape = [.. (turned ? weight.Shape.Reverse() : weight.Shape).Select(size => (long)size)];
            using var scope = NewDisposeScope();
            stored[weight.Name] = tensor(values.Numbers, shape, type).requires_grad_(trainable).DetachFromDisposeScope();
        }
    }

    /// <summary>The type all parameters, states and values have.</summary>
    public ScalarType Type { get; }

    /// <summary>Parameters in their stored form, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Stored => stored;

    /// <summary>What the operation sees.</summary>
    public Tensor Canonical(Weight weight)
    {
        var value = stored[weight.Name];
        return canonical.Contains(weight.Name) ? value : weight.Form switch
        {
            Form.Plain => value,
            Form.Transposed => value.t(),
            Form.OnePlus => value.Plus(1),
            Form.NegExp => -value.exp(),
            _ => throw new NotSupportedException($"Form {weight.Form}."),
        };
    }

    public Tensor? CanonicalOrNull(Weight? weight) => weight is null ? null : Canonical(weight);

    public void Dispose()
    {
        foreach (var value in stored.Values)
            value.Dispose();
        stored.Clear();
    }
}
