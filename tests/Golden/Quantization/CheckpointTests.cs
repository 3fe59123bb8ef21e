using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Checkpoints;
using Hone.Models.Weights.Safetensors;

namespace Hone.Golden.Quantization;

/// <summary>Quantized checkpoints, one folder a convention: the weights that they mean. Logits are compared by the tests of the backends.</summary>
public class CheckpointTests
{
    private const string Prefix = "weight.";

    public static TheoryData<string> Folders() => QuantizationGoldens.Names(["checkpoints", "index.json"],
        path => JsonElement.Parse(File.ReadAllText(path)).GetProperty("checkpoints").EnumerateArray().Select(entry => entry.GetProperty("folder").GetString()!));

    [Theory, MemberData(nameof(Folders))]
    public void Weights_decode_to_the_reference_values(string folder)
    {
        using var golden = QuantizationGoldens.Open("checkpoints-golden", folder + ".safetensors");
        using var weights = OpenOrSkip(folder);
        AssertNamesOfTheUnquantizedModel(folder, weights);
        foreach (var name in golden.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            Assert.True(golden.TryGet(name, out var expected));
            Assert.True(weights.TryGet(name[Prefix.Length..] + ".weight", out var weight), name);
            Assert.Equal(expected.RowLength, weight.RowLength);
            weight.RequireFinite();
            for (var row = 0; row < expected.RowCount; row++)
                AssertWithinOneUlp(Row(expected, row), Row(weight, row), $"{name}, row {row}");
        }
    }

    /// <summary>Codes and scales of a module appear as its one weight.</summary>
    private static void AssertNamesOfTheUnquantizedModel(string folder, IWeightSource weights)
    {
        using var raw = SafetensorsFolder.Open(QuantizationGoldens.Require("checkpoints", folder));
        var modules = raw.Names.Where(name => name.Contains(".weight", StringComparison.Ordinal)).Select(name => name[..name.LastIndexOf('.')] + ".weight");
        Assert.Equal(modules.Order().Distinct(), weights.Names.Order());
    }

    private static IWeightSource OpenOrSkip(string folder)
    {
        var path = QuantizationGoldens.Require("checkpoints", folder);
        var config = QuantizationGoldens.Json("checkpoints", folder, "config.json");
        try
        {
            return CheckpointFolder.Open(path, config.GetProperty("quantization_config"));
        }
        catch (WeightFormatException e) when (e.Problem.EndsWith("is not built yet", StringComparison.Ordinal))
        {
            Assert.Skip(e.Problem);
            throw;
        }
    }

    private static float[] Row(StoredTensor tensor, int row)
    {
        var values = new float[tensor.RowLength];
        tensor.ReadRow(row, values);
        return values;
    }

    private static void AssertWithinOneUlp(float[] expected, float[] actual, string where)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] != actual[i] && MathF.BitIncrement(expected[i]) != actual[i] && MathF.BitDecrement(expected[i]) != actual[i])
                Assert.Fail($"{where}, column {i}: {actual[i]:R} instead of {expected[i]:R}.");
        }
    }
}
