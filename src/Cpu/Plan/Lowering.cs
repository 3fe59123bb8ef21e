using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Gives every node of a graph a group of its own, in the graph's order. Refuses what this backend cannot compute.</summary>
internal sealed class Lowering(ModelGraph graph, string model, Func<Linear, OperandForm> formOf)
{
    private readonly HashSet<Value> packed = [];

    /// <summary>The value that a decoder is run for; nodes that do not lead to it are left out.</summary>
    public static Value Logits(ModelGraph graph, string model) =>
        graph.Outputs.TryGetValue("logits", out var logits) ? logits : throw new UnsupportedOperationException(model, "encoder (a graph without logits)", "");

    /// <exception cref="UnsupportedOperationException">Names the first operation that is not there.</exception>
    public static void CheckSupport(ModelGraph graph, string model)
    {
        foreach (var node in Needed(graph, model))
        {
            if (Missing(node) is { } what)
                throw new UnsupportedOperationException(model, what, node.Scope);
        }
    }

    public IEnumerable<Group> Lower() => Needed(graph, model).Where(n => n.Rows != Rows.One && !Operand.IsView(n)).SelectMany(Lower);

    private static IEnumerable<Value> Needed(ModelGraph graph, string model)
    {
        var needed = new HashSet<Value>();
        var open = new Stack<Value>([Logits(graph, model)]);
        while (open.TryPop(out var value))
        {
            if (needed.Add(value))
                Array.ForEach(value.Inputs, open.Push);
        }
        return graph.Nodes.Where(needed.Contains);
    }

    private static string? Missing(Value node) => node.Op switch
    {
        _ when node.Rows is Rows.Source or Rows.Segment => $"{node.Op.GetType().Name} over {node.Rows} rows",
        Embedding { Source: EmbeddingSource.TokenTypes } => "Embedding of token types",
        Embedding or Param or Linear or Norm or Add or Mul or Lerp or Scale or Activation or Clamp or Slice or Concat or Sum or Rope or OutputRows => null,
        Conv1d or DeltaRule => null,
        Attention { Mask: AttentionMask.Full } => "Attention with a full mask",
        Attention { Kv: { Cross: true } } => "cross-attention",
        Attention { Clip: not null } => "Attention with a clipped softmax",
        Attention { Bias: not null } => "Attention with a bias table",
        Attention => null,
        var op => op.GetType().Name,
    };

    private IEnumerable<Group> Lower(Value node)
    {
        switch (node.Op)
        {
            case Linear linear:
                var form = formOf(linear);
                if (form == OperandForm.Packed && packed.Add(node.Inputs[0]))
                    yield return new RowGroup(node.Rows, new PackRow(node.Inputs[0]));
                yield return new ProductGroup(new Product(node, form));
                break;
            case Attention:
                yield return new RowGroup(node.Rows, new CacheRow(node));
                yield return new MixerGroup(node);
                break;
            case Conv1d or DeltaRule:
                yield return new MixerGroup(node);
                break;
            default:
                yield return new RowGroup(node.Rows, new Compute(node));
                break;
        }
    }
}
