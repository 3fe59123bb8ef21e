using System.Text.Json;
using Hone.Models.Weights.Formats;

namespace Hone.Golden.Quantization;

/// <summary>The value of every code of the small formats, and samples of the 16-bit ones.</summary>
public class NumberFormatTests
{
    private static readonly Dictionary<string, NumberFormat> Built = new()
    {
        ["e4m3fn"] = NumberFormat.F8E4M3,
        ["e2m1"] = NumberFormat.E2M1,
        ["bf16"] = NumberFormat.BF16,
        ["fp16"] = NumberFormat.F16,
    };

    public static TheoryData<string> Names() => QuantizationGoldens.Names(["formats.json"],
        path => JsonElement.Parse(File.ReadAllText(path)).GetProperty("formats").EnumerateObject().Select(format => format.Name));

    [Theory, MemberData(nameof(Names))]
    public void Codes_decode_to_the_reference_values(string name)
    {
        var golden = QuantizationGoldens.Json("formats.json").GetProperty("formats").GetProperty(name);
        if (!Built.TryGetValue(name, out var format))
            Assert.Skip($"{name} is not built yet.");

        float[] expected = [.. golden.GetProperty("fp32_bits").EnumerateArray().Select(bits => BitConverter.UInt32BitsToSingle(bits.GetUInt32()))];
        int[] codes = golden.TryGetProperty("sample_codes", out var samples)
            ? [.. samples.EnumerateArray().Select(code => code.GetInt32())]
            : [.. Enumerable.Range(0, expected.Length)];
        var bytes = Pack(format, codes);
        var (fast, plain) = (new float[expected.Length], new float[expected.Length]);
        Decoders.Decode(format, bytes, fast);
        Decoders.DecodePlain(format, bytes, plain);
        GgufBlockTests.AssertSameBits(expected, plain);
        GgufBlockTests.AssertSameBits(expected, fast);
    }

    private static byte[] Pack(NumberFormat format, int[] codes) => format switch
    {
        NumberFormat.E2M1 => [.. codes.Chunk(2).Select(pair => (byte)(pair[0] | pair[1] << 4))],
        NumberFormat.F8E4M3 => [.. codes.Select(code => (byte)code)],
        _ => [.. codes.SelectMany(code => BitConverter.GetBytes((ushort)code))],
    };
}
