using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Torch;

namespace Hone.Unit.Torch;

/// <summary>A small hybrid by hand, with paged and slot states: attention with rope, a convolution, a delta rule.</summary>
internal static class TinyModel
{
    public const int Vocabulary = 20;
    private const int Width = 8, Heads = 2, Dim = 4;

    public static ModelGraph Graph()
    {
        var graph = new ModelGraph();
        var x = graph.Root.Embedding("embed", Vocabulary, Width);
        foreach (var (layer, i) in graph.Root.Layers("layers", 2))
        {
            var normed = layer.RmsNorm(x, "norm", 1e-5, onePlus: true);
            var (q, k, v) = (layer.Linear(normed, "q", Width), layer.Linear(normed, "k", Width), layer.Linear(normed, "v", Width));
            x += i == 0 ? Attention(layer, q, k, v) : DeltaRule(layer, normed, q, k, v);
        }
        graph.Outputs["logits"] = graph.Root.Linear(graph.Root.OutputRows(x), "embed", Vocabulary, role: Role.Head);
        return graph;
    }

    public static TorchRunner Runner() => new(Graph(), Values, "tiny", new TorchRunnerOptions { Precision = Precision.F64, BlockSize = 4, BlockCount = 16, SlotCount = 4 });

    /// <summary>Numbers that depend on the name alone.</summary>
    public static StoredValues Values(Weight weight)
    {
        var random = new Random(weight.Name.Sum(c => c));
        return new StoredValues([.. Enumerable.Range(0, (int)weight.Count).Select(_ => random.NextSingle() - 0.5f)]);
    }

    public static void Add(Batch batch, int[] tokens, int past, int[] blocks, int slot, int outputFrom = 0)
    {
        var first = batch.Append(tokens);
        batch.Add(new Segment { First = first, Count = tokens.Length, Past = past, Blocks = blocks, Slot = slot, OutputFrom = outputFrom });
    }

    private static Value Attention(Scope scope, Value q, Value k, Value v)
    {
        var rope = new RopeSpec(Dim, 0, Dim, [1, 0.1]);
        var op = new Attention(Heads, Heads, Dim, Dim, 0.5, AttentionMask.Causal, Kv: new KvState(scope.Name("kv"), Heads, Dim, Dim, 0, false));
        return scope.Attention(scope.Rope(q, rope), scope.Rope(k, rope), v, op);
    }

    private static Value DeltaRule(Scope scope, Value x, Value q, Value k, Value v)
    {
        k = scope.L2Norm(scope.Conv1d(k, "conv", 3, bias: true).Silu(), 1e-6, Dim);
        var beta = scope.Linear(x, "beta", Heads, role: Role.Gate).Sigmoid();
        var decay = scope.Linear(x, "decay", Heads, role: Role.Gate).Softplus() * -1.0;
        return scope.DeltaRule(q, k, v, beta, decay, Heads, Heads, tiled: false);
    }
}
