using Hone.Models.Config;
using Hone.Models.Graph;
using Hone.Models.Weights.Formats;
using Hone.Models.Weights.Gguf;

namespace Hone.Models.Weights.Naming;

/// <summary>
/// A GGUF file under Hugging Face's names and in its order of rows. Its tensors hold the canonical values already (1 + w, −exp(A_log), [out, in]),
/// so the forms of the graph's weights are not applied.
/// </summary>
internal sealed class GgufCheckpoint(GgufFile file, ModelConfig config) : ICheckpoint
{
    public int[]? ShapeOf(string name) => Find(name)?.Shape;

    public LocatedTensor? Locate(Weight weight, ModelGraph graph)
    {
        if (Find(weight.Name) is not { } found)
            return null;
        var wanted = weight.CanonicalShape;
        var shape = IsTheSame(found.Shape, wanted) ? wanted : found.Shape;
        return found with { Shape = shape, Read = () => As(found.Read(), weight.Name, shape).AsCanonical() };
    }

    private LocatedTensor? Find(string name) => Assembled(name) ?? Renamed(name);

    private LocatedTensor? Renamed(string name)
    {
        foreach (var candidate in GgufNames.Of(name))
        {
            if (file.TryGet(candidate, out var tensor))
                return new LocatedTensor(tensor.Shape, [candidate], () => GgufRowOrders.Undo(tensor, name, config));
        }
        return null;
    }

    /// <summary>Weights that GGUF keeps in more, fewer or other tensors.</summary>
    private LocatedTensor? Assembled(string name)
    {
        if (GgufNames.BlockOf(name) is not var (block, rest))
            return null;
        foreach (var rule in GgufAssembly.Rules)
        {
            if (rule(rest) is not { } assembly)
                continue;
            var names = Array.ConvertAll(assembly.Parts, part => block + part);
            var parts = Array.ConvertAll(names, n => file.TryGet(n, out var tensor) ? tensor : null);
            if (Array.TrueForAll(parts, part => part is not null))
                return assembly.From(parts!, config) with { InFile = names };
        }
        return null;
    }

    /// <summary>Dimensions of 1 don't count, nor does how a vector is cut ([groups, n] for a norm, [heads · n] for r_k).</summary>
    private static bool IsTheSame(int[] shape, int[] wanted)
    {
        static int[] Squeezed(int[] s) => Array.FindAll(s, n => n != 1);
        var (a, b) = (Squeezed(shape), Squeezed(wanted));
        if (a.AsSpan().SequenceEqual(b))
            return true;
        static long Count(int[] s) => s.Aggregate(1L, (n, size) => n * size);
        return (a.Length <= 1 || b.Length <= 1) && Count(a) == Count(b);
    }

    private static StoredTensor As(StoredTensor tensor, string name, int[] shape)
    {
        var rowLength = shape.Length == 0 ? 1 : shape[^1];
        return rowLength == tensor.RowLength || NumberFormats.BlockElements(tensor.Format) == 1
            ? tensor.As(name, shape)
            : throw new ModelFormatException(tensor.Name, $"is stored as {tensor.Format} in rows of {tensor.RowLength}, which cannot be read as [{string.Join(", ", shape)}].");
    }
}
