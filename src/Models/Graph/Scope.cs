using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>A name prefix and a row domain: families build their nodes through scopes, one method per operation. Names are relative to the prefix.</summary>
public sealed class Scope
{
    private readonly ModelGraph graph;
    private readonly string prefix;
    private readonly Rows rows;

    internal Scope(ModelGraph graph, string prefix, Rows rows) => (this.graph, this.prefix, this.rows) = (graph, prefix, rows);

    /// <summary>The full name of something in this scope.</summary>
    public string Name(string name) => prefix.Length == 0 ? name : name.Length == 0 ? prefix : $"{prefix}.{name}";

    /// <summary>The scope <c>prefix.name</c>.</summary>
    public Scope In(string name) => new(graph, Name(name), rows);

    /// <summary>Scopes <c>name.0 …</c>; records a block border before each.</summary>
    public IEnumerable<(Scope Layer, int Index)> Layers(string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var layer = In($"{name}.{i}");
            graph.Border(layer.prefix);
            yield return (layer, i);
        }
    }

    public Value Embedding(string name, int count, int width, EmbeddingSource source = EmbeddingSource.Ids, int offset = 0) =>
        Node(new Embedding(Matrix(name, [count, width]), source, offset), [], rows, width);

    /// <summary>A stored tensor under its bare name as one row.</summary>
    public Value Param(string name, int[] shape, Form form = Form.Plain)
    {
        var weight = new Weight(Name(name), shape, form);
        return Node(new Param(weight, null), [], Rows.One, checked((int)weight.Count));
    }

    /// <summary>Literal numbers as one row.</summary>
    public Value Constant(params float[] numbers) => Node(new Param(null, numbers), [], Rows.One, numbers.Length);

    /// <summary>A matrix <c>name.weight</c> [width, x.Width] (or [x.Width, width] if transposed) and, if asked for, <c>name.bias</c> [width].</summary>
    public Value Linear(Value x, string name, int width, bool bias = false, bool transposed = false, Role role = Role.Linear) =>
        Linear(
            x,
            transposed ? new Weight(Name(name) + ".weight", [x.Width, width], Form.Transposed) : Matrix(name, [width, x.Width]),
            bias ? new Weight(Name(name) + ".bias", [width], Form.Plain) : null,
            role);

    /// <summary>For matrices and biases that are not called <c>name.weight</c> and <c>name.bias</c>.</summary>
    public Value Linear(Value x, Weight matrix, Weight? bias, Role role)
    {
        var width = matrix.Form == Form.Transposed ? matrix.Shape[1] : matrix.Shape[0];
        return Node(new Linear(matrix, bias, role), [x], x.Rows, width);
    }

    public Value RmsNorm(Value x, string name, double eps, bool onePlus = false) => HeadNorm(x, name, eps, x.Width, onePlus);

    /// <summary>RMS norm of each group of <paramref name="dim"/> channels, with one gain [dim] for all groups.</summary>
    public Value HeadNorm(Value x, string name, double eps, int dim, bool onePlus = false) =>
        Norm(x, NormKind.Rms, eps, dim, new Weight(Name(name) + ".weight", [dim], onePlus ? Form.OnePlus : Form.Plain), null);

    /// <summary>RMS norm in groups with one gain for every channel [x.Width] (Mamba-2).</summary>
    public Value GroupRmsNorm(Value x, string name, double eps, int group) =>
        Norm(x, NormKind.Rms, eps, group, new Weight(Name(name) + ".weight", [x.Width], Form.Plain), null);

    public Value LayerNorm(Value x, string name, double eps, bool bias = true) => GroupLayerNorm(x, name, eps, x.Width, bias);

    /// <summary>Layer norm of each group of channels, gain and bias [x.Width].</summary>
    public Value GroupLayerNorm(Value x, string name, double eps, int group, bool bias = true) =>
        Norm(
            x, NormKind.Layer, eps, group,
            new Weight(Name(name) + ".weight", [x.Width], Form.Plain),
            bias ? new Weight(Name(name) + ".bias", [x.Width], Form.Plain) : null);

    /// <summary>x / sqrt(Σx² + eps) per group, or with a floor x / max(sqrt(Σx²), eps).</summary>
    public Value L2Norm(Value x, double eps, int group, bool floor = false) => Norm(x, NormKind.L2, eps, group, null, null, floor);

    public Value Norm(Value x, NormKind kind, double eps, int group, Weight? gain, Weight? bias, bool floor = false) =>
        x.Width % group != 0
            ? throw new GraphException($"{prefix}: norm groups of {group} in {x.Width} columns.")
            : Node(new Norm(kind, eps, group, floor, gain, bias), [x], x.Rows, x.Width);

    public Value Rope(Value x, RopeSpec spec) =>
        x.Width % spec.HeadDim != 0
            ? throw new GraphException($"{prefix}: rope heads of {spec.HeadDim} in {x.Width} columns.")
            : Node(new Rope(spec), [x], x.Rows, x.Width);

    public Value Attention(Value q, Value k, Value v, Attention op)
    {
        if (q.Width != op.Heads * op.DimK || k.Width != op.KvHeads * op.DimK || v.Width != op.KvHeads * op.DimV || op.Heads % op.KvHeads != 0)
            throw new GraphException($"{prefix}: attention of q {q.Width}, k {k.Width}, v {v.Width} columns with {op.Heads}/{op.KvHeads} heads of {op.DimK}/{op.DimV}.");
        return Node(op, [q, k, v], q.Rows, op.Heads * op.DimV);
    }

    public Value LatentAttention(Value q, Value latent, Value ropeKey, LatentAttention op) =>
        Node(op, [q, latent, ropeKey], q.Rows, op.Heads * op.DimV);

    /// <summary>Depthwise convolution <c>name.weight</c> [w, 1, kernel] whose state is <c>scope.state</c>.</summary>
    public Value Conv1d(Value x, string name, int kernel, bool bias, string state = "conv_state") =>
        Node(
            new Conv1d(
                kernel, new Weight(Name(name) + ".weight", [x.Width, 1, kernel], Form.Plain),
                bias ? new Weight(Name(name) + ".bias", [x.Width], Form.Plain) : null,
                new ConvState(Name(state), x.Width, kernel - 1)),
            [x], x.Rows, x.Width);

    public Value Previous(Value x, string state) => Node(new Previous(new ConvState(Name(state), x.Width, 1)), [x], x.Rows, x.Width);

    public Value LinearAttention(Value q, Value k, Value v, Value logDecay, int keyHeads, int heads) =>
        Node(
            new LinearAttention(keyHeads, heads, new RecurrentState(Name("recurrent_state"), [heads, q.Width / keyHeads, v.Width / heads])),
            [q, k, v, logDecay], v.Rows, v.Width);

    public Value DeltaRule(Value q, Value k, Value v, Value beta, Value? logDecay, int keyHeads, int heads, bool tiled) =>
        Node(
            new DeltaRule(keyHeads, heads, tiled, new RecurrentState(Name("recurrent_state"), [heads, q.Width / keyHeads, v.Width / heads])),
            logDecay is null ? [q, k, v, beta] : [q, k, v, beta, logDecay], v.Rows, v.Width);

    public Value Wkv7(Value r, Value logDecay, Value k, Value v, Value a, Value b, int heads) =>
        Node(
            new Wkv7(heads, new RecurrentState(Name("recurrent_state"), [heads, v.Width / heads, k.Width / heads])),
            [r, logDecay, k, v, a, b], v.Rows, v.Width);

    public Value Wkv4(Value k, Value v) =>
        Node(
            new Wkv4(
                new Weight(Name("time_decay"), [k.Width], Form.Plain), new Weight(Name("time_first"), [k.Width], Form.Plain),
                new RecurrentState(Name("wkv"), [3, k.Width], [0, 0, -1e38f])),
            [k, v], v.Rows, v.Width);

    public Value Route(Value logits, Route op) => Node(op, [logits], logits.Rows, logits.Width);

    public Value Experts(Value x, Value weights, Experts op) => Node(op, [x, weights], x.Rows, x.Width);

    public Value OutputRows(Value x) => Node(new OutputRows(), [x], Rows.Output, x.Width);

    public Value Pool(Value x, PoolKind kind, bool normalise) => Node(new Pool(kind, normalise), [x], Rows.Segment, x.Width);

    private Weight Matrix(string name, int[] shape) => new(Name(name) + ".weight", shape, Form.Plain);

    private Value Node(Op op, Value[] inputs, Rows rows, int width) => graph.Node(op, inputs, rows, width, prefix);
}
