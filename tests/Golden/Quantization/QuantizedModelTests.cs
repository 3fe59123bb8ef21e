using Hone.Cpu;
using Hone.Models;
using Hone.Models.Weights;
using Hone.Models.Weights.Safetensors;

namespace Hone.Golden.Quantization;

/// <summary>Quantized models as a whole: logits of the golden ids on one backend. Tolerances are those of the goldens' README.</summary>
public abstract class QuantizedModelTests
{
    private const float CheckpointTolerance = 5e-4f;
    private const float TinyMixedTolerance = 1e-4f;

    internal abstract IModelRunner Runner(ModelSource source);

    [Theory, MemberData(nameof(CheckpointTests.Folders), MemberType = typeof(CheckpointTests))]
    public void Checkpoint_logits_are_those_of_the_dequantized_weights(string folder)
    {
        using var golden = QuantizationGoldens.Open("checkpoints-golden", folder + ".safetensors");
        AssertLogits(QuantizationGoldens.Require("checkpoints", folder), Ids("checkpoints", "index.json"), golden, CheckpointTolerance);
    }

    [Fact]
    public void Gguf_of_many_types_gives_its_logits()
    {
        using var golden = QuantizationGoldens.Open("tiny-mixed.safetensors");
        AssertLogits(QuantizationGoldens.Require("tiny-mixed.gguf"), Ids("tiny-mixed.json"), golden, TinyMixedTolerance);
    }

    /// <summary>The golden holds the last rows of the sequence, or all.</summary>
    private void AssertLogits(string path, int[] ids, SafetensorsFile golden, float tolerance)
    {
        Assert.True(golden.TryGet("logits", out var expected));
        float[] logits;
        try
        {
            using var source = ModelSource.Open(path);
            using var runner = Runner(source);
            logits = new Models.SequenceRun(runner).Feed(runner, ids, outputFrom: ids.Length - expected.RowCount);
        }
        catch (WeightFormatException e) when (e.Problem.EndsWith("is not built yet", StringComparison.Ordinal))
        {
            Assert.Skip(e.Problem);
            throw;
        }
        var wanted = expected.ReadAll();
        Assert.Equal(wanted.Length, logits.Length);
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(MathF.Abs(wanted[i] - logits[i]) <= tolerance, $"Row {i / expected.RowLength}, id {i % expected.RowLength}: {logits[i]:R} instead of {wanted[i]:R}.");
    }

    private static int[] Ids(params string[] file) => [.. QuantizationGoldens.Json(file).GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
}

public class TorchQuantizedModelTests : QuantizedModelTests
{
    internal override IModelRunner Runner(ModelSource source) => Models.TorchModels.Runner(source);
}

public class CpuQuantizedModelTests : QuantizedModelTests
{
    internal override IModelRunner Runner(ModelSource source) => CpuRunner.Create(source, Models.CpuModel.Options(Profile.Exact));
}
