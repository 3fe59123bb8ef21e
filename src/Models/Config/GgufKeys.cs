using Hone.Models.Weights.Gguf;

namespace Hone.Models.Config;

/// <summary>The metadata of one architecture: keys without their "llama." beginning.</summary>
internal sealed class GgufKeys(GgufFile file)
{
    public GgufFile File => file;

    public string Architecture { get; } = file.Metadata["general.architecture"].AsString();

    public bool Has(string key) => file.Metadata.TryGet($"{Architecture}.{key}", out _);

    public double? Number(string key) => Value(key) is { } value ? value.AsNumber() : null;

    public string? Text(string key) => Value(key) is { } value ? value.AsString() : null;

    public bool? Flag(string key) => Value(key) is { } value ? value.AsBool() : null;

    /// <summary>A number for every layer; one number stands for all. Null if absent.</summary>
    public double[]? PerLayer(string key, int layers)
    {
        if (Value(key) is not { } value)
            return null;
        if (value.Type != GgufValueType.Array)
            return [.. Enumerable.Repeat(value.AsNumber(), layers)];
        if (value.Count != layers)
            throw Error(key, $"has {value.Count} values for {layers} layers");
        return value.ItemType == GgufValueType.Bool ? Array.ConvertAll(value.AsBools(), b => b ? 1.0 : 0.0) : value.AsNumbers();
    }

    /// <summary>The one value of a key, or the one that all layers have that have any (0 = none). Null if absent.</summary>
    public double? Common(string key, int layers)
    {
        if (PerLayer(key, layers) is not { } values)
            return null;
        double[] kinds = [.. values.Where(v => v != 0).Distinct()];
        return kinds.Length <= 1 ? kinds.FirstOrDefault() : throw Error(key, "differs from layer to layer, which is not built");
    }

    public int[]? ShapeOf(string tensor) => file.TryGet(tensor, out var found) ? found.Shape : null;

    public bool HasTensor(string name) => file.TryGet(name, out _);

    public bool AnyTensor(string ending) => file.Names.Any(name => name.EndsWith(ending, StringComparison.Ordinal));

    public ModelFormatException Error(string key, string problem) => new($"{Architecture}.{key}", problem + ".");

    private GgufValue? Value(string key) => file.Metadata.TryGet($"{Architecture}.{key}", out var value) ? value : null;
}
