using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Models.Config;
using Hone.Models.Graph;
using Hone.Models.Weights;
using Hone.Models.Weights.Checkpoints;
using Hone.Models.Weights.Gguf;
using Hone.Models.Weights.Naming;

namespace Hone.Models;

/// <summary>
/// An opened model: a Hugging Face folder or a GGUF file, its configuration in one spelling, its graph, and its weights under the graph's names.
/// Opening proves that the file holds every tensor that the graph asks for, in the right shape, and nothing that is left over.
/// </summary>
public sealed class ModelSource : IDisposable
{
    private readonly IWeightSource weights;
    private readonly Dictionary<string, LocatedTensor> tensors = [];
    private readonly Lazy<string> identity;

    internal ModelSource(string path, IWeightSource weights, ModelConfig config, ICheckpoint checkpoint)
    {
        Path = path;
        this.weights = weights;
        Config = config;
        Graph = ModelRegistry.Build(config, checkpoint);
        foreach (var weight in Graph.Weights.Values)
            tensors.Add(weight.Name, Locate(checkpoint, weight));
        CheckFormats();
        CheckLeftovers();
        identity = new(() => WeightIdentity.Of(config, weights));
    }

    /// <summary>The folder, or the file (of several shards the first).</summary>
    public string Path { get; }

    /// <summary>model_type of the configuration.</summary>
    public string ModelType => Config.ModelType;

    public ModelConfig Config { get; }

    public ModelGraph Graph { get; }

    /// <summary>The file, if the model is one: it also holds the tokenizer and the chat template.</summary>
    public GgufFile? Gguf => weights as GgufFile;

    /// <summary>The folder, if the model is one.</summary>
    public string? Folder => Gguf is null ? Path : null;

    /// <summary>Bytes of all tensors as stored.</summary>
    public long WeightBytes => weights.TotalBytes;

    /// <summary>Hexadecimal digest of the configuration and the weights; see <see cref="WeightIdentity"/>. Computed when first asked for.</summary>
    public string WeightsHash => identity.Value;

    /// <summary>Opens a model; weights stay in the mapped files.</summary>
    /// <param name="path">A Hugging Face folder, or a GGUF file.</param>
    /// <param name="configFileName">The configuration's name in the folder.</param>
    /// <exception cref="ModelFormatException">The configuration, or the tensors that don't fit it.</exception>
    /// <exception cref="WeightFormatException">The weight file.</exception>
    public static ModelSource Open(string path, string configFileName = "config.json")
    {
        if (Directory.Exists(path))
            return OpenFolder(path, configFileName);
        return File.Exists(path) ? OpenGguf(path) : throw new ModelFormatException(path, "there is no such file or folder.");
    }

    /// <summary>
    /// The stored tensor of one of the graph's weights, rows in the graph's order. Unless it says that it is canonical, the weight's form is still to be applied.
    /// </summary>
    /// <exception cref="WeightFormatException">A weight or scale is not a finite number, or the format is not built yet.</exception>
    public StoredTensor Tensor(Weight weight)
    {
        if (!tensors.TryGetValue(weight.Name, out var located))
            throw new ArgumentException($"The graph has no weight {weight.Name}.");
        var tensor = located.Read();
        tensor.RequireFinite();
        return tensor;
    }

    /// <summary>
    /// Where the file's order of a matrix's rows or columns stays instead of Hugging Face's: graph row i is Hugging Face's row Rows[i]. Null = the same order.
    /// Adapters that were made for the folder follow it.
    /// </summary>
    internal (int[]? Rows, int[]? Columns) FileOrder(Weight matrix) => Gguf is null ? (null, null) : TiledValueHeads.OrderOf(matrix.Name, Config);

    public void Dispose() => weights.Dispose();

    private static ModelSource OpenFolder(string folder, string configFileName)
    {
        var configPath = System.IO.Path.Combine(folder, configFileName);
        var root = ConfigFile.Read(configPath);
        var generationPath = System.IO.Path.Combine(folder, "generation_config.json");
        var generation = File.Exists(generationPath) ? ConfigFile.Read(generationPath) : null;
        var quantization = root["quantization_config"]?.Deserialize<JsonElement>() ?? default;
        var config = new ModelConfig(configPath, root, generation);
        return Guarded(CheckpointFolder.Open(folder, quantization), source => new ModelSource(folder, source, config, new FolderCheckpoint(source)));
    }

    private static ModelSource OpenGguf(string path) => Of(GgufFile.Open(path), path);

    internal static ModelSource Of(GgufFile gguf, string path) => Guarded(gguf, file =>
    {
        JsonObject Reparsed(JsonObject json) => ConfigFile.Parse(path, json.ToJsonString());
        var config = new ModelConfig(path, Reparsed(GgufConfig.Read(file)), Reparsed(GgufTokens.Sampling(file.Metadata)));
        return new ModelSource(path, file, config, new GgufCheckpoint(file, config));
    });

    private static ModelSource Guarded<T>(T source, Func<T, ModelSource> open) where T : IWeightSource
    {
        try
        {
            return open(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private LocatedTensor Locate(ICheckpoint checkpoint, Weight weight)
    {
        var located = checkpoint.Locate(weight, Graph) ?? throw new ModelFormatException(Path, $"holds no tensor {weight.Name}, which its configuration asks for.");
        var wanted = Gguf is null ? weight.Shape : weight.CanonicalShape;
        return located.Shape.AsSpan().SequenceEqual(wanted)
            ? located
            : throw new ModelFormatException(
                Path, $"tensor {weight.Name} has the shape [{string.Join(", ", located.Shape)}]; its configuration asks for [{string.Join(", ", wanted)}].");
    }

    /// <summary>Before the leftovers: a format that is not built may bring tensors of its own, which would be blamed instead.</summary>
    private void CheckFormats()
    {
        foreach (var name in tensors.Values.SelectMany(t => t.InFile))
        {
            if (weights.TryGet(name, out var tensor))
                tensor.RequireDecodable();
        }
    }

    private void CheckLeftovers()
    {
        var used = tensors.Values.SelectMany(t => t.InFile).ToHashSet();
        var ignored = new NameGlobs([.. Graph.Ignored, .. Graph.Prefixes.SelectMany(p => NameGlobs.Moved(Graph.Ignored, p.Name, p.InFile))]);
        var left = weights.Names.Where(name => !used.Contains(name) && !ignored.Match(name)).Order(StringComparer.Ordinal).ToArray();
        if (left.Length > 0)
            throw new ModelFormatException(Path, $"holds {left.Length} tensors that a {ModelType} model has no use for, first {left[0]}.");
    }
}
