using System.Runtime.InteropServices;
using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Golden.Quantization;

/// <summary>Raw blocks of every GGUF type and their values by the reference implementation.</summary>
public class GgufBlockTests
{
    public static TheoryData<string> Types() => QuantizationGoldens.Names(["gguf_types.json"],
        path => JsonElement.Parse(File.ReadAllText(path)).EnumerateObject().Select(type => type.Name));

    [Theory, MemberData(nameof(Types))]
    public void Blocks_decode_to_the_reference_values(string type)
    {
        using var golden = QuantizationGoldens.Open("gguf_blocks.safetensors");
        var description = QuantizationGoldens.Json("gguf_types.json").GetProperty(type);
        Assert.True(Enum.TryParse<NumberFormat>(type, out var format), $"{type} is not known by name.");
        Assert.Equal(description.GetProperty("block_elements").GetInt32(), NumberFormats.BlockElements(format));
        Assert.Equal(description.GetProperty("block_bytes").GetInt32(), NumberFormats.BlockBytes(format));
        if (!NumberFormats.CanDecode(format))
            Assert.Skip($"{type} is not built yet.");

        var (bytes, expected) = (Bytes(golden, $"{type}.bytes"), Floats(golden, $"{type}.values"));
        var fast = new float[expected.Length];
        var plain = new float[expected.Length];
        Decoders.Decode(format, bytes, fast);
        Decoders.DecodePlain(format, bytes, plain);
        AssertSameBits(expected, plain);
        AssertSameBits(plain, fast);
    }

    internal static byte[] Bytes(IWeightSource source, string name)
    {
        Assert.True(source.TryGet(name, out var tensor), name);
        var bytes = new List<byte>();
        for (var row = 0; row < tensor.RowCount; row++)
            bytes.AddRange(tensor.Row(row).Codes);
        return [.. bytes];
    }

    internal static float[] Floats(IWeightSource source, string name)
    {
        Assert.True(source.TryGet(name, out var tensor), name);
        return tensor.ReadAll();
    }

    /// <summary>Equal bits, except that any NaN equals any other.</summary>
    internal static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var expectedBits = MemoryMarshal.Cast<float, uint>(expected);
        var actualBits = MemoryMarshal.Cast<float, uint>(actual);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expectedBits[i] != actualBits[i] && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
                Assert.Fail($"Number {i} is {actual[i]:R} instead of {expected[i]:R}.");
        }
    }
}
