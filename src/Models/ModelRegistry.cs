using Hone.Models.Config;
using Hone.Models.Families;
using Hone.Models.Graph;

namespace Hone.Models;

/// <summary>Writes a family's network into an empty graph.</summary>
internal delegate void FamilyBuilder(ModelGraph g, ModelConfig c, IWeightCatalog files);

/// <summary>The families by model_type.</summary>
public static class ModelRegistry
{
    private static readonly Dictionary<string, FamilyBuilder> Families = new()
    {
        ["llama"] = Llama.Build,
        ["mistral"] = Mistral.Build,
        ["mixtral"] = Mistral.BuildMixtral,
        ["qwen2"] = Qwen.BuildQwen2,
        ["qwen3"] = Qwen.BuildQwen3,
        ["qwen3_moe"] = Qwen.BuildQwen3Moe,
        ["qwen3_next"] = QwenHybrid.BuildQwen3Next,
        ["qwen3_5"] = QwenHybrid.BuildQwen35,
        ["qwen3_5_text"] = QwenHybrid.BuildQwen35,
        ["smollm3"] = SmolLm3.Build,
        ["gemma2"] = Gemma.BuildGemma2,
        ["gemma3_text"] = Gemma.BuildGemma3,
        ["phi3"] = Phi3.Build,
        ["olmo2"] = Olmo2.Build,
        ["granite"] = Granite.Build,
        ["granitemoehybrid"] = Granite.BuildHybrid,
        ["gpt_oss"] = GptOss.Build,
        ["deepseek_v3"] = DeepSeekV3.Build,
        ["falcon_h1"] = FalconH1.Build,
        ["lfm2"] = Lfm2.Build,
        ["mamba2"] = Mamba.BuildMamba2,
        ["nemotron_h"] = Mamba.BuildNemotronH,
        ["gpt2"] = Gpt2.Build,
        ["gpt_neox"] = GptNeoX.Build,
        ["backpack-gpt2"] = Backpack.Build,
        ["rwkv"] = Rwkv4.Build,
        ["rwkv7"] = Rwkv7.Build,
        ["retnet"] = FlashLinear.BuildRetNet,
        ["delta_net"] = FlashLinear.BuildDeltaNet,
        ["bert"] = Bert.BuildBert,
        ["roberta"] = Bert.BuildRoberta,
        ["xlm-roberta"] = Bert.BuildRoberta,
        ["modernbert"] = ModernBert.Build,
        ["t5"] = T5.Build,
        ["mt5"] = T5.Build,
        ["bart"] = Bart.Build,
    };

    /// <summary>Every model_type that a graph can be built for.</summary>
    public static IReadOnlyCollection<string> ModelTypes => Families.Keys;

    /// <exception cref="ModelFormatException">The family is unknown, or the configuration does not describe one of its models.</exception>
    internal static ModelGraph Build(ModelConfig config, IWeightCatalog files)
    {
        if (!Families.TryGetValue(config.ModelType, out var build))
        {
            var known = string.Join(", ", Families.Keys.Order(StringComparer.Ordinal));
            throw config.Error("model_type", $"is '{config.ModelType}', an architecture that is not built (built are: {known})");
        }
        var graph = new ModelGraph();
        try
        {
            build(graph, config, files);
        }
        catch (GraphException e)
        {
            throw new ModelFormatException(config.Where, $"its sizes contradict each other: {e.Message}", e);
        }
        return graph;
    }
}
