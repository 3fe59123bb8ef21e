using Hone.Models.Config;

namespace Hone.Models.Adapters;

/// <summary>adapter_config.json of PEFT: ranks and factors by module. What would change the result and is not built is refused by name.</summary>
internal sealed class LoraConfig
{
    private readonly ConfigObject config;
    private readonly bool rankStabilised;

    public LoraConfig(ConfigObject config)
    {
        this.config = config;
        if (config.Text("peft_type", "LORA") is not "LORA" and var type)
            throw config.Error("peft_type", $"is '{type}', which is not built");
        if (config.Text("bias", "none") is not "none" and var bias)
            throw config.Error("bias", $"is '{bias}': trained biases are not built");
        if (config.Flag("use_dora", false))
            throw config.Error("use_dora", "is true, which is not built");
        foreach (var list in (string[])["modules_to_save", "target_parameters", "trainable_token_indices"])
        {
            if (config.Has(list) && config.Values[list] is not System.Text.Json.Nodes.JsonArray { Count: 0 })
                throw config.Error(list, "is not empty, which is not built");
        }
        rankStabilised = config.Flag("use_rslora", false);
    }

    public int RankOf(string module) => Pattern("rank_pattern", module) is { } key ? config.Section("rank_pattern")!.Count(key) : config.Count("r");

    public double ScaleOf(string module)
    {
        var alpha = Pattern("alpha_pattern", module) is { } key ? config.Section("alpha_pattern")!.Number(key) : config.Number("lora_alpha");
        var rank = RankOf(module);
        return rankStabilised ? alpha / Math.Sqrt(rank) : alpha / rank;
    }

    /// <summary>The first key of a pattern that is the module's name or the end of it.</summary>
    private string? Pattern(string name, string module) => config.Section(name)?.Values
        .Select(pair => pair.Key)
        .FirstOrDefault(key => module == key || module.EndsWith("." + key, StringComparison.Ordinal));
}
