using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Torch;

namespace Hone.Unit.Torch;

public class GraphChecksTests
{
    [Fact]
    public void A_sound_graph_passes() => GraphChecks.Check(TinyModel.Graph());

    [Fact]
    public void Sizes_that_contradict_each_other_are_named()
    {
        Refused("width of b is 4, not 8", (root, x) => x.Lerp(root.Embedding("b", 10, 4), x));
        Refused("columns of the matrix is 4, not 8", (root, x) => root.Linear(x, new Weight("w", [3, 4], Form.Plain), null, Role.Linear));
        Refused("count of gain is 3, not 8", (root, x) => root.Norm(x, NormKind.Rms, 1e-5, 8, new Weight("gain", [3], Form.Plain), null));
        Refused("width of beta is 8, not 2", (root, x) => root.DeltaRule(x, x, x, x, null, 2, 2, tiled: false));
        Refused("width of the decay is 4, not 8", (root, x) => root.LinearAttention(x, x, x, x.Slice(0, 4), 2, 2));
        Refused("top k is 8, not 9", (root, x) => root.Route(x, new Route(9, RouterScore.Softmax, true, 1, 1, 1, null)));
        Refused("width of the key is 8, not 2", (root, x) => root.LatentAttention(
            x, x, x, new LatentAttention(2, 2, 2, 4, 8, 1, new Weight("kv_b", [12, 8], Form.Plain), new KvState("kv", 1, 10, 0, 0, false))));
        Refused("rows of the matrix is 5, not 6", (root, x) => root.Experts(
            x, x.Slice(0, 1), new Experts(1, 6, ExpertGate.Silu, 0, 0, new SplitExperts([Matrix("gate", 5, 8)], [Matrix("up", 6, 8)], [Matrix("down", 8, 6)]))));
    }

    private static Weight Matrix(string name, int rows, int columns) => new(name, [rows, columns], Form.Plain);

    private static void Refused(string message, Func<Scope, Value, Value> build)
    {
        var graph = new ModelGraph();
        build(graph.Root, graph.Root.Embedding("x", 10, 8));
        Assert.Contains(message, Assert.Throws<GraphException>(() => GraphChecks.Check(graph)).Message);
    }
}
