using System.Text.Json.Nodes;
using Hone.Models.Config;
using Xunit;

namespace Hone.Unit.Models.Config;

public sealed class ConfigNormalisationTests
{
    [Theory]
    [InlineData("""{"n_embd": 8, "n_layer": 2, "n_head": 4, "n_positions": 16}""", """{"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 16}""")]
    [InlineData("""{"d_model": 8, "hidden_size": 9}""", """{"hidden_size": 9}""")]
    [InlineData("""{"num_local_experts": 8}""", """{"num_experts": 8}""")]
    [InlineData("""{"num_senses": 4, "model_type": "gpt2"}""", """{"model_type": "backpack-gpt2"}""")]
    [InlineData("""{"hybrid_override_pattern": "M-*"}""", """{"layers_block_type": ["linear_attention", "mlp", "full_attention"], "num_hidden_layers": 3}""")]
    [InlineData("""{"layer_types": ["mamba", "attention", "conv"]}""", """{"layer_types": ["linear_attention", "full_attention", "conv"]}""")]
    [InlineData("""{"rope_theta": 5, "rope_scaling": {"type": "yarn", "factor": 2}}""", """{"rope_parameters": {"type": "yarn", "factor": 2, "rope_type": "yarn", "rope_theta": 5}}""")]
    [InlineData("""{"rotary_emb_base": 5, "rotary_pct": 0.25}""", """{"rope_parameters": {"rope_theta": 5, "partial_rotary_factor": 0.25}}""")]
    [InlineData(
        """{"rope_theta": 5, "rope_local_base_freq": 3}""",
        """{"rope_parameters": {"full_attention": {"rope_theta": 5}, "sliding_attention": {"rope_type": "default", "rope_theta": 3}}}""")]
    [InlineData("""{"original_max_position_embeddings": 7, "rope_parameters": {"rope_type": "longrope"}}""", """{"rope_parameters": {"rope_type": "longrope", "original_max_position_embeddings": 7}}""")]
    [InlineData("""{"eos_token_id": 3, "model_type": "outer", "text_config": {"model_type": "inner", "hidden_size": 4}}""", """{"model_type": "inner", "hidden_size": 4, "eos_token_id": 3}""")]
    public void OlderSpellingsBecomeOne(string older, string expected)
    {
        var normalised = ConfigNormalisation.Apply(ConfigFile.Parse("test", older));
        foreach (var (key, value) in ConfigFile.Parse("test", expected))
            Assert.True(JsonNode.DeepEquals(value, normalised[key]), $"{key}: {normalised[key]?.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"rope_scaling": 5, "layer_types": 3, "text_config": [], "rope_parameters": "x"}""")]
    [InlineData("""{"layer_types": [1, null, {"a": 1}], "hybrid_override_pattern": 7}""")]
    [InlineData("""{"rope_local_base_freq": {}, "rope_scaling": {"type": []}}""")]
    public void WrongTypesAreLeftToTheReader(string text) => Assert.NotNull(ConfigNormalisation.Apply(ConfigFile.Parse("test", text)));
}
