using System.Text.Json;
using Hone.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Golden.Models;

/// <summary>Single operations of ops.safetensors, forward and gradient, against the torch backend's operations in f32.</summary>
public class OperationTests
{
    public static TheoryData<string> Names() => GoldenRoot.Has("models", "ops.json")
        ? [.. Specifications().RootElement.EnumerateObject().Select(p => p.Name)]
        : ["ops.json"];

    [Theory]
    [MemberData(nameof(Names))]
    public void TorchAgrees(string name)
    {
        GoldenRoot.Require("models", "ops.json");
        using var golden = new GoldenTensors(GoldenRoot.Require("models", "ops.safetensors"));
        var specification = Specifications().RootElement.GetProperty(name);
        var operation = TorchOperations.Find(name);
        if (operation is null)
            Assert.Skip($"{name}: the graph has no such operation by itself.");
        TorchModels.Require();
        using var scope = NewDisposeScope();

        var inputs = new Inputs(name, golden, specification);
        var outputs = operation(inputs);
        var tolerance = specification.GetProperty("tolerance").GetDouble();
        foreach (var (output, value) in outputs)
            Near.Equal(golden.Floats($"{name}.out.{output}"), Floats(value), tolerance, output);

        if (!specification.TryGetProperty("gradients", out var gradients))
            return;
        var upstream = specification.GetProperty("upstream").GetString()!;
        var (_, first) = outputs.Single(o => o.Name == upstream);
        var loss = golden.Has($"{name}.dout.{upstream}") ? (first * tensor(golden.Floats($"{name}.dout.{upstream}"), first.shape)).sum() : first;
        loss.backward();
        foreach (var input in gradients.EnumerateArray().Select(g => g.GetString()!))
        {
            var gradient = inputs[input].grad ?? throw new InvalidOperationException($"No gradient of {input}.");
            Near.Equal(golden.Floats($"{name}.grad.{input}"), Floats(gradient), specification.GetProperty("gradient_tolerance").GetDouble(), $"gradient of {input}");
        }
    }

    private static JsonDocument Specifications() => JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("models", "ops.json")));

    private static float[] Floats(Tensor tensor) => tensor.to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
}
