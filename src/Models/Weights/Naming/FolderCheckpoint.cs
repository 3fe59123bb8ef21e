using Hone.Models.Graph;

namespace Hone.Models.Weights.Naming;

/// <summary>A Hugging Face folder: the graph's own names, or with one of the other beginnings that the family knows.</summary>
internal sealed class FolderCheckpoint(IWeightSource source) : ICheckpoint
{
    public int[]? ShapeOf(string name) => source.TryGet(name, out var tensor) ? tensor.Shape : null;

    public LocatedTensor? Locate(Weight weight, ModelGraph graph)
    {
        foreach (var name in NamesOf(weight.Name, graph))
        {
            if (source.TryGet(name, out var tensor))
                return new LocatedTensor(tensor.Shape, [name], () => tensor);
        }
        return null;
    }

    private static IEnumerable<string> NamesOf(string name, ModelGraph graph) =>
        graph.Prefixes.Where(p => name.StartsWith(p.Name, StringComparison.Ordinal)).Select(p => p.InFile + name[p.Name.Length..]).Prepend(name);
}
