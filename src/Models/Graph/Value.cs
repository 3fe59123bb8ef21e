namespace Hone.Models.Graph;

/// <summary>Which rows a value has.</summary>
public enum Rows
{
    /// <summary>All new tokens of the batch, flattened.</summary>
    Token,

    /// <summary>Encoder tokens of encoder-decoders.</summary>
    Source,

    /// <summary>The rows somebody asked for.</summary>
    Output,

    /// <summary>One row per sequence, after pooling.</summary>
    Segment,

    /// <summary>Parameters and constants: one row, which applies to every row of the other operand.</summary>
    One,
}

/// <summary>
/// A node of the graph and its one output, a matrix [rows, <see cref="Width"/>]. Heads, groups and experts are attributes of
/// the operations that need them; there is no reshape, transpose or mask node.
/// </summary>
public sealed class Value
{
    internal Value(ModelGraph graph, int id, Op op, Value[] inputs, Rows rows, int width, string scope)
    {
        Graph = graph;
        Id = id;
        Op = op;
        Inputs = inputs;
        Rows = rows;
        Width = width;
        Scope = scope;
    }

    /// <summary>Position in <see cref="ModelGraph.Nodes"/>, which is evaluation order.</summary>
    public int Id { get; }

    /// <summary>The operation with its attributes.</summary>
    public Op Op { get; }

    /// <summary>Operands, all of lower <see cref="Id"/>.</summary>
    public Value[] Inputs { get; }

    /// <summary>Which rows this value has.</summary>
    public Rows Rows { get; }

    /// <summary>Numbers in a row.</summary>
    public int Width { get; }

    /// <summary>Name prefix under which the node was made, e.g. <c>model.layers.3.mlp</c>.</summary>
    public string Scope { get; }

    internal ModelGraph Graph { get; }

    public static Value operator +(Value a, Value b) => a.Combine(new Add(), b);

    public static Value operator *(Value a, Value b) => a.Combine(new Mul(), b);

    public static Value operator *(Value a, double factor) => a.Scale((factor, a.Width));

    /// <summary>Multiplies sections of a row by their own factors; the widths of the sections add up to the row's.</summary>
    public Value Scale(params (double Factor, int Width)[] sections)
    {
        if (sections.Sum(s => s.Width) != Width)
            throw new GraphException($"{Scope}: Scale sections cover {sections.Sum(s => s.Width)} of {Width} columns.");
        return sections is [(1.0, _)] ? this : Unary(new Scale(sections));
    }

    /// <summary>a + (b − a)·t.</summary>
    public Value Lerp(Value b, Value t) => Graph.Node(new Lerp(), [this, b, t], Rows, Width, Scope);

    /// <summary>From each of <paramref name="groups"/> equal parts of a row, the columns offset … offset + width: [groups·width].</summary>
    public Value Slice(int offset, int width, int groups = 1)
    {
        if (Width % groups != 0 || offset < 0 || width <= 0 || offset + width > Width / groups)
            throw new GraphException($"{Scope}: Slice({offset}, {width}, {groups}) of {Width} columns.");
        return Graph.Node(new Slice(groups, offset, width), [this], Rows, groups * width, Scope);
    }

    /// <summary>Columns of this value, then of the others.</summary>
    public Value Concat(params Value[] others) =>
        Graph.Node(new Concat(), [this, .. others], Rows, Width + others.Sum(o => o.Width), Scope);

    /// <summary>Within: the sum of each group, [groups]. Across: the sum over groups, [width / groups].</summary>
    public Value Sum(int groups, SumAxis axis) =>
        Graph.Node(new Sum(groups, axis), [this], Rows, axis == SumAxis.Within ? groups : Width / groups, Scope);

    public Value Apply(Act kind) => Unary(new Activation(kind));

    public Value Silu() => Apply(Act.Silu);

    public Value Sigmoid() => Apply(Act.Sigmoid);

    public Value Tanh() => Apply(Act.Tanh);

    public Value Softplus() => Apply(Act.Softplus);

    public Value Clamp(double min, double max) => Unary(new Clamp(min, max));

    private Value Unary(Op op) => Graph.Node(op, [this], Rows, Width, Scope);

    private Value Combine(Op op, Value b)
    {
        if (Width % b.Width != 0)
            throw new GraphException($"{Scope}: {op.GetType().Name} of {Width} and {b.Width} columns: the second must divide the first.");
        if (b.Rows != Rows && b.Rows != Rows.One)
            throw new GraphException($"{Scope}: {op.GetType().Name} of {Rows} and {b.Rows} rows.");
        return Graph.Node(op, [this, b], Rows, Width, Scope);
    }
}
