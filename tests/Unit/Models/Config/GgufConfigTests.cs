using Hone.Models;
using Hone.Models.Config;
using Hone.Models.Weights.Gguf;
using Xunit;

namespace Hone.Unit.Models.Config;

public sealed class GgufConfigTests
{
    [Fact]
    public void UnknownArchitectureIsNamed() =>
        Assert.Contains("perceptron9", Assert.Throws<ModelFormatException>(() => Read("perceptron9", _ => { })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(int.MaxValue)]
    public void LayersAreBounded(int layers) => Assert.Throws<ModelFormatException>(() => Read("llama", w => w.Add("llama.block_count", layers)));

    [Fact]
    public void ArraysByLayerHaveOneValuePerLayer()
    {
        var error = Assert.Throws<ModelFormatException>(() => Read("lfm2", w =>
        {
            w.Add("lfm2.block_count", 3);
            AddArray(w, "lfm2.attention.head_count_kv", 0, 2);
        }));
        Assert.Contains("head_count_kv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DifferentHeadCountsAreRefused() => Assert.Throws<ModelFormatException>(() => Read("lfm2", w =>
    {
        w.Add("lfm2.block_count", 2);
        AddArray(w, "lfm2.attention.head_count_kv", 4, 2);
    }));

    [Fact]
    public void LayersWithoutHeadsAreConvolutions()
    {
        var config = Read("lfm2", w =>
        {
            w.Add("lfm2.block_count", 3);
            AddArray(w, "lfm2.attention.head_count_kv", 0, 2, 0);
        });
        Assert.Equal(["conv", "full_attention", "conv"], config.Texts("layer_types")!);
        Assert.Equal(2, config.Count("num_key_value_heads"));
    }

    [Fact]
    public void SingleFloatsAreTheirShortestDecimal()
    {
        var config = Read("llama", w =>
        {
            w.Add("llama.block_count", 1);
            w.Add("llama.attention.layer_norm_rms_epsilon", GgufValueType.F32, BitConverter.GetBytes(1e-5f));
        });
        Assert.Equal(1e-5, config.RmsNormEps);
    }

    private static ModelConfig Read(string architecture, Action<GgufWriter> add)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", architecture);
        add(writer);
        using var stream = new MemoryStream();
        writer.WriteTo(stream);
        using var file = GgufFile.Read("test.gguf", stream.ToArray());
        return new ModelConfig("test.gguf", ConfigFile.Parse("test.gguf", GgufConfig.Read(file).ToJsonString()));
    }

    private static void AddArray(GgufWriter writer, string key, params int[] values) => writer.Add(
        key, GgufValueType.Array,
        [.. BitConverter.GetBytes((uint)GgufValueType.I32), .. BitConverter.GetBytes((ulong)values.Length), .. values.SelectMany(BitConverter.GetBytes)]);
}
