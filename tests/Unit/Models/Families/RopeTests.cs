using Hone.Models;
using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Xunit;

namespace Hone.Unit.Models.Families;

public sealed class RopeTests
{
    [Theory]
    [InlineData("""{"rope_type": "spiral"}""")]
    [InlineData("""{"rope_theta": 0}""")]
    [InlineData("""{"rope_theta": -3}""")]
    [InlineData("""{"partial_rotary_factor": 0}""")]
    [InlineData("""{"partial_rotary_factor": 7}""")]
    [InlineData("""{"partial_rotary_factor": 0.2}""")]
    [InlineData("""{"rope_type": "linear"}""")]
    [InlineData("""{"rope_type": "linear", "factor": 0}""")]
    [InlineData("""{"rope_type": "dynamic", "factor": -1}""")]
    [InlineData("""{"rope_type": "llama3", "factor": 8, "low_freq_factor": 4, "high_freq_factor": 1, "original_max_position_embeddings": 8}""")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1], "long_factor": [1]}""")]
    [InlineData("""{"rope_type": "longrope", "short_factor": [1, 1, 1, 1], "long_factor": [1, 0, 1, 1]}""")]
    [InlineData("""{"rope_type": "yarn", "factor": {"__float__": "Infinity"}}""")]
    public void NonsenseIsRefusedByName(string parameters) =>
        Assert.Throws<ModelFormatException>(() => RopeFrequencies.From(new ConfigObject("test", ConfigFile.Parse("test", parameters)), 8, 64));

    [Fact]
    public void DynamicKeepsTheBaseUpToTheOriginalLength()
    {
        var rope = RopeFrequencies.From(new ConfigObject("test", ConfigFile.Parse("test", """{"rope_type": "dynamic", "factor": 4, "rope_theta": 100}""")), 8, 64);
        Assert.Equal(rope.InvFreq, rope.ByLength!(10));
        Assert.Equal(rope.InvFreq, rope.ByLength(64));
        Assert.NotEqual(rope.InvFreq, rope.ByLength(65));
    }
}
