using System.Text.Json;
using Hone.Models;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>A real encoder, all-MiniLM-L6-v2: the embeddings of all golden sentences as one ragged batch.</summary>
public sealed class MiniLmTests
{
    /// <summary>Of numbers below 1 that went through six layers in f32; an encoder in the wrong norm or pooling is off by 1e-2.</summary>
    private const double Tolerance = 1e-5;

    [Fact]
    public void EmbeddingsAgree()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("smollm2", "minilm_embeddings.json")));
        using var source = ModelSource.Open(Shared.Require("models", golden.RootElement.GetProperty("model").GetString()!));
        using var runner = TorchModels.Runner(source);
        var (batch, expected) = (new Batch(), new List<float>());
        foreach (var sentence in golden.RootElement.GetProperty("sentences").EnumerateArray())
        {
            new SequenceRun(runner).Add(batch, [.. sentence.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())]);
            expected.AddRange(sentence.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()));
        }
        Near.Equal(expected.ToArray(), runner.Run(batch, "mean_pooled_normalized")[0], Tolerance, "embeddings");
    }
}
