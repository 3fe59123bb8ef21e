using Hone.Models.Families;
using Hone.Models.Graph;

namespace Hone.Models.Weights.Naming;

/// <summary>A weight of the graph, found in a file: its shape, the file's tensors that it is made of, and the view itself, made when asked for.</summary>
internal sealed record LocatedTensor(int[] Shape, string[] InFile, Func<StoredTensor> Read);

/// <summary>An opened checkpoint under Hugging Face's names, whatever its own are.</summary>
internal interface ICheckpoint : IWeightCatalog
{
    /// <summary>The tensor of a graph's weight, or null if the file does not hold it.</summary>
    LocatedTensor? Locate(Weight weight, ModelGraph graph);
}
