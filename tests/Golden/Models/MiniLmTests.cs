using System.Text.Json;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>Sentence embeddings of the real encoder all-MiniLM-L6-v2.</summary>
public class MiniLmTests
{
    private const double Tolerance = 1e-5; // golden/smollm2/README.md

    [Fact]
    public void EmbeddingsOfOneRaggedBatch()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("smollm2", "minilm_embeddings.json")));
        using var source = ModelSource.Open(Shared.Require("models", "all-MiniLM-L6-v2"));
        using var runner = TorchModels.Runner(source);
        var (batch, expected) = (new Batch(), new List<float>());
        foreach (var sentence in golden.RootElement.GetProperty("sentences").EnumerateArray())
        {
            int[] ids = [.. sentence.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            new SequenceRun(runner).Add(batch, ids);
            expected.AddRange(sentence.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()));
        }
        Near.Equal(expected.ToArray(), runner.Run(batch, "mean_pooled_normalized")[0], Tolerance, "embeddings");
    }
}
