using System.Text.Json.Nodes;

namespace Hone.Models.Config;

/// <summary>
/// A model's configuration in one spelling (transformers 5's config.json), whatever container it came from: the keys that most
/// families share as properties, all others by name.
/// </summary>
public sealed class ModelConfig : ConfigObject
{
    /// <summary>What a model without a limit of its own (recurrent ones) is served with.</summary>
    private const int UnlimitedContext = 1 << 20;

    internal ModelConfig(string where, JsonObject root, JsonObject? generation = null) : base(where, ConfigNormalisation.Apply(root))
    {
        ModelType = Text("model_type");
        Generation = new GenerationDefaults(this, generation is null ? null : new ConfigObject($"{where} (generation_config.json)", generation));
    }

    /// <summary>Which family builds the graph.</summary>
    public string ModelType { get; }

    /// <summary>Special ids and sampling defaults, generation_config.json first.</summary>
    public GenerationDefaults Generation { get; }

    /// <summary>Largest number of tokens of one sequence, prompt and answer together.</summary>
    public int ContextLength => Width("max_position_embeddings", UnlimitedContext);

    public int VocabSize => Width("vocab_size");

    public int HiddenSize => Width("hidden_size");

    internal int NumHiddenLayers => Count("num_hidden_layers");

    internal int NumAttentionHeads => Count("num_attention_heads");

    internal int NumKeyValueHeads => Count("num_key_value_heads", NumAttentionHeads);

    internal int HeadDim => Has("head_dim") ? Count("head_dim") : HiddenSize / NumAttentionHeads;

    internal int IntermediateSize => Width("intermediate_size");

    internal double RmsNormEps => Number("rms_norm_eps", 1e-6);

    /// <summary>Kind of each layer; without a list in the file, what <paramref name="otherwise"/> says of the layer's index.</summary>
    internal string[] LayerTypes(Func<int, string> otherwise, string name = "layer_types")
    {
        var types = Texts(name) ?? [.. Enumerable.Range(0, NumHiddenLayers).Select(otherwise)];
        return types.Length == NumHiddenLayers ? types : throw Error(name, $"has {types.Length} entries for {NumHiddenLayers} layers");
    }

    /// <summary>Sliding window of each layer, 0 where attention is full: only layers of type sliding_attention have one.</summary>
    internal int[] Windows(Func<int, string> otherwise)
    {
        var types = LayerTypes(otherwise);
        return types.Contains("sliding_attention") ? Array.ConvertAll(types, t => t == "sliding_attention" ? Width("sliding_window") : 0) : new int[types.Length];
    }
}
