using System.Text.Json;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>The real model SmolLM2 from its quantized file, prompts of golden/smollm2 on the plain reference.</summary>
public class SmolLm2TorchTests
{
    // Stated in golden/smollm2/README.md.
    private const double LogitTolerance = 2e-3, LogProbabilityTolerance = 1e-3;

    [Fact]
    public void PromptsGiveTheGoldenLogits()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("smollm2", "prompts.json")));
        using var source = ModelSource.Open(Shared.Require("models", "SmolLM2-135M-Instruct-Q4_1.gguf"));
        using var runner = TorchModels.Runner(source);
        foreach (var prompt in golden.RootElement.GetProperty("prompts").EnumerateArray())
        {
            int[] ids = [.. prompt.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            var logits = new SequenceRun(runner).Feed(runner, ids);
            var logprobs = Probabilities.OfLabels(logits, ids.AsSpan(1), runner.VocabularySize);
            Near.Equal(Floats(prompt.GetProperty("token_logprobs")), Array.ConvertAll(logprobs, p => (float)p), LogProbabilityTolerance, "log-probabilities");
            foreach (var row in prompt.GetProperty("last_positions").EnumerateArray())
            {
                var at = row.GetProperty("position").GetInt32() * runner.VocabularySize;
                var actual = row.GetProperty("top_ids").EnumerateArray().Select(id => logits[at + id.GetInt32()]).ToArray();
                Near.Equal(Floats(row.GetProperty("top_logits")), actual, LogitTolerance, "logits");
            }
        }
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];
}
