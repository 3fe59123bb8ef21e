using System.Runtime.InteropServices;
using Hone.Cpu;
using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Unit.Cpu.Plan;

/// <summary>A small network with random weights that has every operation of the Cpu backend: attention with head norms, rope and a gate, convolution with the delta rule, gated MLPs.</summary>
internal sealed class TinyHybrid
{
    public const int Vocabulary = 96;
    private const int Width = 64;
    private readonly Dictionary<string, StoredTensor> tensors = [];
    private readonly Random random = new(7);

    public TinyHybrid()
    {
        var x = Graph.Root.Embedding("embed", Vocabulary, Width);
        foreach (var (layer, i) in Graph.Root.Layers("layers", 3))
        {
            var normed = layer.RmsNorm(x, "norm_1", 1e-6);
            x += i == 1 ? Delta(layer.In("delta"), normed) : Attention(layer.In("attn"), normed);
            x += Mlp(layer.In("mlp"), layer.LayerNorm(x, "norm_2", 1e-5));
        }
        x = Graph.Root.RmsNorm(Graph.Root.OutputRows(x), "norm", 1e-6, onePlus: true);
        Graph.Outputs["logits"] = (Graph.Root.Linear(x, "embed", Vocabulary, role: Role.Head) * 0.5).Tanh() * 2.0;
        foreach (var weight in Graph.Weights.Values)
            tensors[weight.Name] = Random(weight);
    }

    public ModelGraph Graph { get; } = new();

    public CpuRunner Create(CpuOptions options) => CpuRunner.Create(Graph, "tiny", weight => tensors[weight.Name], "none", options);

    private static Value Attention(Scope scope, Value x)
    {
        const int Heads = 4, KvHeads = 2, Dim = 32;
        var both = scope.Linear(x, "q", 2 * Heads * Dim, bias: true);
        var gate = both.Slice(Dim, Dim, Heads).Sigmoid();
        var rope = new RopeSpec(Dim, 0, 16, [.. Enumerable.Range(0, 8).Select(i => Math.Pow(100, -i / 8.0))]);
        var q = scope.Rope(scope.HeadNorm(both.Slice(0, Dim, Heads), "q_norm", 1e-6, Dim), rope);
        var k = scope.Rope(scope.Linear(x, "k", KvHeads * Dim), rope);
        var v = scope.Linear(x, "v", KvHeads * Dim);
        var op = new Attention(Heads, KvHeads, Dim, Dim, 0.2, AttentionMask.Causal, Window: 70, Kv: new KvState(scope.Name("kv"), KvHeads, Dim, Dim, 70, false));
        return scope.Linear(scope.Attention(q, k, v, op) * gate, "o", Width);
    }

    private static Value Delta(Scope scope, Value x)
    {
        const int KeyHeads = 2, Heads = 4, Dk = 16, Dv = 24;
        var mixed = scope.Conv1d(scope.Linear(x, "qkv", 2 * KeyHeads * Dk + Heads * Dv), "conv", 4, bias: true).Silu();
        var q = scope.L2Norm(mixed.Slice(0, KeyHeads * Dk), 1e-6, Dk) * 0.25;
        var k = scope.L2Norm(mixed.Slice(KeyHeads * Dk, KeyHeads * Dk), 1e-6, Dk);
        var v = mixed.Slice(2 * KeyHeads * Dk, Heads * Dv);
        var decay = (scope.Linear(x, "a", Heads, role: Role.Gate) + scope.Param("dt_bias", [Heads])).Softplus() * scope.Param("A_log", [Heads], Form.NegExp);
        var y = scope.DeltaRule(q, k, v, scope.Linear(x, "b", Heads, role: Role.Gate).Sigmoid(), decay, KeyHeads, Heads, tiled: false);
        return scope.Linear(scope.HeadNorm(y, "norm", 1e-6, Dv) * scope.Linear(x, "z", Heads * Dv).Silu(), "out", Width);
    }

    private static Value Mlp(Scope scope, Value x) => scope.Linear(scope.Linear(x, "gate", 160).Silu() * scope.Linear(x, "up", 160), "down", Width) * 0.7;

    private StoredTensor Random(Weight weight)
    {
        var spread = weight.Shape.Length > 1 ? 1 / Math.Sqrt(weight.Shape[^1]) : 0.5;
        var numbers = new float[weight.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)((random.NextDouble() * 2 - 1) * spread * 1.7);
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        var rowLength = weight.Shape[^1];
        var data = new TensorData(FileBytes.InMemory(weight.Name, bytes), weight.Name, 0, NumberFormat.F32, rowLength, numbers.Length / rowLength);
        return new StoredTensor(data, weight.Shape);
    }
}
