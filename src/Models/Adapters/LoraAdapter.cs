using Hone.Models.Config;
using Hone.Models.Graph;
using Hone.Models.Weights;
using Hone.Models.Weights.Naming;
using Hone.Models.Weights.Safetensors;

namespace Hone.Models.Adapters;

/// <summary>
/// A LoRA adapter in PEFT's folder form (adapter_config.json, adapter_model.safetensors), matched to the linears of a model. A tensor that
/// matches none is an error, as is an adapter without any: nothing is dropped in silence.
/// </summary>
public sealed class LoraAdapter
{
    private const string WeightsFile = "adapter_model.safetensors", Beginning = "base_model.model.", EndA = ".lora_A.weight", EndB = ".lora_B.weight";

    private LoraAdapter(string path, IReadOnlyDictionary<string, LoraPair> pairs) => (Path, Pairs) = (path, pairs);

    public string Path { get; }

    /// <summary>By the name of the linear's matrix in the graph, e.g. model.layers.0.self_attn.q_proj.weight.</summary>
    public IReadOnlyDictionary<string, LoraPair> Pairs { get; }

    /// <summary>Largest rank of all pairs.</summary>
    public int MaxRank => Pairs.Values.Max(p => p.Rank);

    /// <exception cref="ModelFormatException">The configuration, or a tensor that fits no linear of the model.</exception>
    /// <exception cref="WeightFormatException">The weight file.</exception>
    public static LoraAdapter Open(string folder, ModelSource model)
    {
        var configPath = System.IO.Path.Combine(folder, "adapter_config.json");
        var config = new LoraConfig(new ConfigObject(configPath, ConfigFile.Read(configPath)));
        var weightsPath = System.IO.Path.Combine(folder, WeightsFile);
        using var file = SafetensorsFile.Open(weightsPath);
        var linears = model.Graph.Nodes.Select(n => n.Op).OfType<Linear>().DistinctBy(l => l.Matrix.Name).ToDictionary(l => l.Matrix.Name);
        var pairs = new Dictionary<string, LoraPair>();
        foreach (var name in file.Names.Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Beginning, StringComparison.Ordinal) || !(name.EndsWith(EndA, StringComparison.Ordinal) || name.EndsWith(EndB, StringComparison.Ordinal)))
                throw new ModelFormatException(weightsPath, $"tensor {name} is not of a kind that is built (lora_A and lora_B of linears).");
            if (name.EndsWith(EndB, StringComparison.Ordinal) && file.TryGet(name[..^EndB.Length] + EndA, out _))
                continue; // read with its A
            var module = name[Beginning.Length..^EndA.Length];
            if (NamesOf(module, model.Graph).FirstOrDefault(linears.ContainsKey) is not { } target)
                throw new ModelFormatException(weightsPath, $"tensor {name} fits no linear of {model.Path}.");
            pairs.Add(target, Read(file, weightsPath, name[..^EndA.Length], module, linears[target], config, model));
        }
        return pairs.Count > 0 ? new LoraAdapter(folder, pairs) : throw new ModelFormatException(weightsPath, "holds no tensors.");
    }

    private static IEnumerable<string> NamesOf(string module, ModelGraph graph) => graph.Prefixes
        .Where(p => module.StartsWith(p.InFile, StringComparison.Ordinal))
        .Select(p => p.Name + module[p.InFile.Length..])
        .Prepend(module)
        .Select(name => name + ".weight");

    private static LoraPair Read(SafetensorsFile file, string where, string stem, string module, Linear linear, LoraConfig config, ModelSource model)
    {
        if (!file.TryGet(stem + EndA, out var a) || !file.TryGet(stem + EndB, out var b))
            throw new ModelFormatException(where, $"holds only one of {stem + EndA} and {stem + EndB}.");
        var rank = config.RankOf(module);
        var (rows, columns) = (linear.Matrix.CanonicalShape[0], linear.Matrix.CanonicalShape[1]);
        Require(where, a, rank, columns);
        Require(where, b, rows, rank);
        var (rowOrder, columnOrder) = model.FileOrder(linear.Matrix);
        return new LoraPair(rank, config.ScaleOf(module), Columns(a.ReadAll(), columns, columnOrder), rowOrder is null ? b.ReadAll() : b.InOrder(rowOrder).ReadAll());
    }

    private static void Require(string where, StoredTensor tensor, int rows, int columns)
    {
        if (tensor.Shape is not [var r, var c] || (r, c) != (rows, columns))
            throw new ModelFormatException(where, $"tensor {tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}] instead of [{rows}, {columns}].");
        tensor.RequireFinite();
    }

    private static float[] Columns(float[] values, int width, int[]? order) =>
        order is null ? values : [.. values.Select((_, i) => values[i / width * width + order[i % width]])];
}
