using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;
using Hone.Models.Weights.Gguf;

namespace Hone.Golden.Quantization;

/// <summary>A GGUF file of many tensor types: its table, its metadata, and the first rows of every matrix.</summary>
public class TinyMixedTests
{
    private const string Prefix = "rows8.";

    public static TheoryData<string> Matrices() => QuantizationGoldens.Names(["tiny-mixed.safetensors"],
        path => Read(path).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]));

    [Theory, MemberData(nameof(Matrices))]
    public void Rows_decode_to_the_reference_values(string name)
    {
        using var golden = QuantizationGoldens.Open("tiny-mixed.safetensors");
        using var file = GgufFile.Open(QuantizationGoldens.Require("tiny-mixed.gguf"));
        Assert.True(golden.TryGet(Prefix + name, out var expected));
        Assert.True(file.TryGet(name, out var tensor));
        if (!NumberFormats.CanDecode(tensor.Format))
        {
            Assert.Contains(tensor.Format.ToString(), Assert.Throws<WeightFormatException>(tensor.RequireFinite).Problem);
            Assert.Skip($"{tensor.Format} is not built yet.");
        }
        tensor.RequireFinite();
        var row = new float[tensor.RowLength];
        for (var r = 0; r < expected.RowCount; r++)
        {
            tensor.ReadRow(r, row);
            GgufBlockTests.AssertSameBits(expected.ReadAll().AsSpan(r * row.Length, row.Length), row);
        }
    }

    [Fact]
    public void The_tensor_table_is_that_of_the_description()
    {
        using var file = GgufFile.Open(QuantizationGoldens.Require("tiny-mixed.gguf"));
        var table = Description().GetProperty("tensors").EnumerateArray().ToList();
        Assert.Equal(table.Select(entry => entry.GetProperty("name").GetString()), file.Names);
        Assert.Equal(table.Sum(entry => entry.GetProperty("bytes").GetInt64()), file.TotalBytes);
        foreach (var entry in table)
        {
            Assert.True(file.TryGet(entry.GetProperty("name").GetString()!, out var tensor));
            Assert.Equal(entry.GetProperty("type").GetString(), tensor.Format.ToString());
            Assert.Equal(entry.GetProperty("shape_ne").EnumerateArray().Select(size => size.GetInt32()).Reverse(), tensor.Shape);
            Assert.Equal(entry.GetProperty("bytes").GetInt64(), tensor.ByteLength);
        }
    }

    [Fact]
    public void The_metadata_are_those_of_the_description()
    {
        using var file = GgufFile.Open(QuantizationGoldens.Require("tiny-mixed.gguf"));
        foreach (var entry in Description().GetProperty("metadata").EnumerateObject())
        {
            if (entry.Name.StartsWith("GGUF.", StringComparison.Ordinal))
                continue; // the describing tool's names for the header itself
            var (value, expected) = (file.Metadata[entry.Name], entry.Value.GetProperty("value"));
            switch (expected.ValueKind)
            {
                case JsonValueKind.String: Assert.Equal(expected.GetString(), value.AsString()); break;
                case JsonValueKind.True or JsonValueKind.False: Assert.Equal(expected.GetBoolean(), value.AsBool()); break;
                case JsonValueKind.Number: Assert.Equal(expected.GetDouble(), value.AsNumber(), 1e-6 * Math.Abs(expected.GetDouble())); break;
                default: AssertArray(expected, value); break;
            }
        }
    }

    private static void AssertArray(JsonElement expected, GgufValue value)
    {
        Assert.Equal(expected.GetProperty("length").GetInt32(), value.Count);
        string[] items = value.ItemType == GgufValueType.String ? value.AsStrings() : [.. value.AsIntegers().Select(item => item.ToString())];
        string[] first = [.. expected.GetProperty("first").EnumerateArray().Select(item => item.ToString())];
        string[] last = [.. expected.GetProperty("last").EnumerateArray().Select(item => item.ToString())];
        Assert.Equal(first, items[..first.Length]);
        Assert.Equal(last, items[^last.Length..]);
    }

    private static JsonElement Description() => QuantizationGoldens.Json("tiny-mixed.json").GetProperty("description");

    private static string[] Read(string path)
    {
        using var file = Hone.Models.Weights.Safetensors.SafetensorsFile.Open(path);
        return [.. file.Names];
    }
}
