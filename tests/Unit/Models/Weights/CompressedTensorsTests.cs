using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Checkpoints;

namespace Hone.Unit.Models.Weights;

/// <summary>Quantized checkpoints that are incomplete, inconsistent or of a kind not built.</summary>
public sealed class CompressedTensorsTests : IDisposable
{
    private const string Fp8 = """{"quant_method":"compressed-tensors","format":"float-quantized","config_groups":{"g":{"weights":{"type":"float","num_bits":8,"strategy":"channel"}}}}""";
    private const string Nvfp4 = """{"quant_method":"compressed-tensors","format":"nvfp4-pack-quantized","config_groups":{"g":{"weights":{"type":"float","num_bits":4,"strategy":"tensor_group","group_size":16}}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fp8_rows_bring_their_scale()
    {
        Write(("m.weight", "F8_E4M3", [2, 2], [0x38, 0x40, 0x38, 0xB8]), ("m.weight_scale", "BF16", [2, 1], [0, 64, 128, 63]));
        using var weights = Open(Fp8);
        Assert.Equal(["m.weight"], weights.Names);
        Assert.True(weights.TryGet("m.weight", out var weight));
        Assert.Equal([2, 4, 1, -1], weight.ReadAll());
        Assert.Equal(2, weight.Row(0).Scale);
        Assert.Equal([1, -1, 2, 4], weight.InOrder([1, 0]).ReadAll());
    }

    [Fact]
    public void Nvfp4_divides_block_scales_by_the_global_one()
    {
        Write(Packed(), ("m.weight_scale", "F8_E4M3", [1, 1], [0x40]), ("m.weight_global_scale", "F32", [1], BitConverter.GetBytes(4f)), ("m.input_global_scale", "F32", [1], new byte[4]));
        using var weights = Open(Nvfp4);
        Assert.True(weights.TryGet("m.weight", out var weight));
        Assert.Equal([1, 16], weight.Shape);
        Assert.Equal([.25f, 3], weight.ReadAll()[..2]); // codes 1 and 7: (0.5 and 6) · 2 / 4
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_global_scale_that_cannot_divide_is_refused(float scale)
    {
        Write(Packed(), ("m.weight_scale", "F8_E4M3", [1, 1], [0x40]), ("m.weight_global_scale", "F32", [1], BitConverter.GetBytes(scale)));
        AssertRefused(Nvfp4, "divides every weight");
    }

    [Fact]
    public void Missing_and_misshaped_scales_are_refused()
    {
        Write(Packed(), ("m.weight_scale", "F8_E4M3", [1, 1], [0x40]));
        AssertRefused(Nvfp4, "m.weight_global_scale");
        Write(Packed(), ("m.weight_scale", "F8_E4M3", [1, 2], [0x40, 0x40]), ("m.weight_global_scale", "F32", [1], new byte[4]));
        AssertRefused(Nvfp4, "is needed");
        Write(("m.weight", "F8_E4M3", [2, 2], new byte[4]), ("m.weight_scale", "F32", [1], new byte[4]));
        AssertRefused(Fp8, "each of 2 rows");
        Write(("m.weight_scale", "F32", [1], new byte[4]));
        AssertRefused(Fp8, "not there");
    }

    [Fact]
    public void A_scale_that_is_nan_is_found_at_load()
    {
        Write(("m.weight", "F8_E4M3", [1, 2], [0x38, 0x40]), ("m.weight_scale", "F32", [1, 1], BitConverter.GetBytes(float.NaN)));
        using var weights = Open(Fp8);
        Assert.True(weights.TryGet("m.weight", out var weight));
        Assert.Contains("not a finite number", Assert.Throws<WeightFormatException>(weight.RequireFinite).Message);
    }

    [Theory]
    [InlineData("""{"quant_method":"gptq"}""", "gptq is not built")]
    [InlineData("""{}""", "unnamed")]
    [InlineData("""[]""", "not a JSON object")]
    [InlineData("""{"quant_method":"compressed-tensors"}""", "config_groups")]
    [InlineData("""{"quant_method":"compressed-tensors","config_groups":{"g":{}}}""", "no weights")]
    [InlineData("""{"quant_method":"compressed-tensors","kv_cache_scheme":{"num_bits":8}}""", "kv_cache_scheme")]
    [InlineData("""{"quant_method":"compressed-tensors","format":"int-quantized","config_groups":{"g":{"weights":{"type":"int","num_bits":8,"strategy":"channel"}}}}""", "int-quantized (int8 channel)")]
    [InlineData("""{"quant_method":"\ud800"}""", "not valid JSON")]
    public void Other_quantizations_are_refused_by_name(string config, string problem) => AssertRefused(config, problem);

    private static (string, string, int[], byte[]) Packed() => ("m.weight_packed", "U8", [1, 8], [0x71, 0, 0, 0, 0, 0, 0, 0]);

    private void Write(params (string Name, string Dtype, int[] Shape, byte[] Data)[] tensors) => _folder.Write("model.safetensors", TestFiles.Safetensors(tensors));

    private IWeightSource Open(string config) => CheckpointFolder.Open(_folder.Path, JsonElement.Parse(config));

    private void AssertRefused(string config, string problem) =>
        Assert.Contains(problem, Assert.Throws<WeightFormatException>(() => Open(config).Dispose()).Message);
}
