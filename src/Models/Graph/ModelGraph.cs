using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>
/// A model as data: nodes in evaluation order, the tensors they ask for, the state they keep. Nothing here computes.
/// A forward is a function of (batch, states) only.
/// </summary>
public sealed class ModelGraph
{
    /// <summary>Far above any model (a thousand experts in a hundred layers); a hostile configuration ends here instead of in memory.</summary>
    private const int MaxWeights = 1 << 18;

    private readonly List<Value> nodes = [];
    private readonly Dictionary<string, Weight> weights = [];
    private readonly Dictionary<string, LayerState> states = [];
    private readonly List<(int FirstNode, string Scope)> borders = [];

    /// <summary>The scope without a prefix, in which a family starts.</summary>
    public Scope Root => new(this, "", Rows.Token);

    /// <summary>The scope of encoder rows in encoder-decoders.</summary>
    public Scope SourceRoot => new(this, "", Rows.Source);

    /// <summary>All nodes in evaluation order.</summary>
    public IReadOnlyList<Value> Nodes => nodes;

    /// <summary>Every tensor asked for, by name. Tied tensors are asked for twice and stand here once.</summary>
    public IReadOnlyDictionary<string, Weight> Weights => weights;

    /// <summary>Every state kept, by name, in the order of the nodes.</summary>
    public IReadOnlyDictionary<string, LayerState> States => states;

    /// <summary>
    /// Results by name: <c>logits</c>, <c>hidden</c> (input of the head), <c>last_hidden_state</c> and pooled values of encoders,
    /// <c>encoder</c> of encoder-decoders, <c>senses</c> and <c>context</c> of backpack.
    /// </summary>
    public Dictionary<string, Value> Outputs { get; } = [];

    /// <summary>First node and scope of every block, in order: gradient checkpointing cuts here.</summary>
    public IReadOnlyList<(int FirstNode, string Scope)> Borders => borders;

    /// <summary>Globs of tensor names that a file may hold and that must not be used.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Beginnings of names that some files write otherwise: a tensor that is not found under its name is looked for with the other beginning.</summary>
    public List<(string Name, string InFile)> Prefixes { get; } = [];

    /// <summary>True if some angle changes with the length of the sequence for all its positions: nothing can be cached, every step is a whole prefill.</summary>
    public bool RecomputesWhole => nodes.Any(n => n.Op is Rope { Spec.ByLength: not null });

    /// <summary>Appends a node. Widths and rows are checked by whoever calls (scopes, values).</summary>
    internal Value Node(Op op, Value[] inputs, Rows rows, int width, string scope)
    {
        if (width <= 0)
            throw new GraphException($"{scope}: {op.GetType().Name} of width {width}.");
        foreach (var weight in op.Weights)
        {
            if (!weights.TryAdd(weight.Name, weight) && !weights[weight.Name].IsSameRequest(weight))
                throw new GraphException($"{weight.Name} is asked for in two different ways.");
        }
        if (weights.Count > MaxWeights || nodes.Count > MaxWeights)
            throw new GraphException($"{scope}: more than {MaxWeights} tensors or nodes.");
        foreach (var state in op.States)
        {
            if (!states.TryAdd(state.Name, state))
                throw new GraphException($"Two nodes keep the state {state.Name}.");
        }
        var value = new Value(this, nodes.Count, op, inputs, rows, width, scope);
        nodes.Add(value);
        return value;
    }

    internal void Border(string scope) => borders.Add((nodes.Count, scope));
}

/// <summary>A graph that contradicts itself: a configuration whose sizes don't fit, or a family built wrongly.</summary>
public sealed class GraphException(string message) : Exception(message);
