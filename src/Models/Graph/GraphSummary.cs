using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>
/// What a model costs, read off its graph. A multiply-add counts as two operations; elementwise work and norms are not counted.
/// </summary>
public sealed class GraphSummary
{
    private readonly ModelGraph graph;

    public GraphSummary(ModelGraph graph)
    {
        this.graph = graph;
        Parameters = graph.Weights.Values.Sum(w => w.Count);
        ActiveParameters = Parameters - graph.Nodes.Sum(Idle);
        KvNumbersPerToken = graph.States.Values.OfType<KvState>().Where(s => !s.Cross).Sum(s => (long)s.NumbersPerToken);
        SlotNumbers = graph.States.Values.OfType<SlotState>().Sum(s => (long)s.Length);
    }

    /// <summary>Numbers in all tensors, tied ones once.</summary>
    public long Parameters { get; }

    /// <summary>Without the experts that a token does not choose.</summary>
    public long ActiveParameters { get; }

    /// <summary>Numbers that the paged states grow by with each token.</summary>
    public long KvNumbersPerToken { get; }

    /// <summary>Numbers (f32) in the fixed states of one sequence.</summary>
    public long SlotNumbers { get; }

    /// <summary>Floating-point operations for one token that has <paramref name="context"/> tokens before it, its logits included.</summary>
    public long FlopsPerToken(int context) => graph.Nodes.Sum(node => Flops(node, context));

    private static long Flops(Value node, int context)
    {
        long Seen(int window) => window == 0 ? context + 1L : Math.Min(context + 1L, window);
        return node.Op switch
        {
            Linear op => 2 * op.Matrix.Count,
            Experts op => 2 * 3L * Chosen(node) * op.Hidden * node.Width,
            Attention op => 2L * op.Heads * (op.DimK + op.DimV) * Seen(op.Window),
            LatentAttention op => 2 * op.KvB.Count + 2L * op.Heads * (2 * op.Latent + op.RopeDim) * Seen(0), // keys and values absorbed
            Conv1d op => 2 * op.Taps.Count,
            LinearAttention op => 5L * op.State.Length, // decay, outer product, product with q
            DeltaRule op => 7L * op.State.Length, // the same and the product with k
            Wkv7 op => 9L * op.State.Length, // two outer products, two matrix products, decay
            _ => 0,
        };
    }

    private static long Idle(Value node) =>
        node.Op is Experts op ? op.Weights.Sum(w => w.Count) * (op.Count - Chosen(node)) / op.Count : 0;

    private static int Chosen(Value experts) => experts.Inputs[1].Op is Route route ? route.TopK : ((Experts)experts.Op).Count;
}
