using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>The rotation tables of ops.safetensors: frequencies, cosines and sines of every rope_type found there.</summary>
public sealed class RopeTableTests
{
    public static TheoryData<string> Tables()
    {
        var names = new TheoryData<string>();
        if (!GoldenRoot.Has("models", "ops.json"))
            return names;
        using var operations = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("models", "ops.json")));
        foreach (var operation in operations.RootElement.EnumerateObject().Where(o => o.Value.TryGetProperty("rope_parameters", out _)))
            names.Add(operation.Name);
        return names;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Tables))]
    public void Agree(string name)
    {
        using var golden = new GoldenTensors(GoldenRoot.Require("models", "ops.safetensors"));
        var specification = JsonNode.Parse(File.ReadAllText(GoldenRoot.Require("models", "ops.json")))![name]!;
        var parameters = new ConfigObject(name, specification["rope_parameters"]!.AsObject());
        var rope = RopeFrequencies.From(parameters, specification["head_dim"]!.GetValue<int>(), specification["max_position_embeddings"]!.GetValue<int>());

        var length = specification["sequence_length"]?.GetValue<int>() ?? 1;
        var frequencies = rope.ByLength is not null ? rope.ByLength(length)
            : rope.LongInvFreq is not null && length > rope.LongAfter ? rope.LongInvFreq : rope.InvFreq;
        var expected = golden.Floats($"{name}.out.inv_freq");
        Assert.Equal(expected.Length, frequencies.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - frequencies[i]) <= 1e-6 * Math.Abs(expected[i]), $"inv_freq[{i}]: {frequencies[i]}, not {expected[i]}");

        var tolerance = specification["tolerance"]!.GetValue<double>();
        var (cosines, sines) = (golden.Floats($"{name}.out.cos"), golden.Floats($"{name}.out.sin"));
        var positions = golden.Integers("rope.positions");
        for (var i = 0; i < cosines.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(positions[i / frequencies.Length] * frequencies[i % frequencies.Length]);
            Assert.Equal(cosines[i], cosine * rope.Factor, tolerance);
            Assert.Equal(sines[i], sine * rope.Factor, tolerance);
        }
    }
}
