using System.Numerics.Tensors;
using System.Text.Json;
using Hone.Cpu;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.SmolLm2;

/// <summary>Logits, log-probabilities and greedy text of the real model in the exact profile; tolerances as the folder's README states them.</summary>
public sealed class PromptTests
{
    private const double LogitTolerance = 2e-3;
    private const double LogProbabilityTolerance = 1e-3;
    private const double SmallMargin = 0.02;

    [Fact]
    public void PromptsEqualTheReference()
    {
        using var golden = SmolLm2Model.Golden("prompts.json");
        using var model = new SmolLm2Model(Profile.Exact);
        var prompts = golden.RootElement.GetProperty("prompts");
        Assert.NotEqual(0, prompts.GetArrayLength());
        foreach (var prompt in prompts.EnumerateArray())
        {
            var ids = Integers(prompt.GetProperty("ids"));
            var sequence = model.Start();
            var logits = sequence.Run(ids, chunk: 64);
            AssertLogits(model, prompt, logits);
            AssertLogProbabilities(model, prompt, ids, logits);
            AssertGreedy(model, prompt, sequence, model.Row(logits, ids.Length - 1));
        }
    }

    private static void AssertLogits(SmolLm2Model model, JsonElement prompt, float[] logits)
    {
        foreach (var position in prompt.GetProperty("last_positions").EnumerateArray())
        {
            var row = model.Row(logits, position.GetProperty("position").GetInt32()).ToArray();
            var expected = Floats(position.GetProperty("top_logits"));
            Near.Equal(expected, [.. Integers(position.GetProperty("top_ids")).Select(id => row[id])], LogitTolerance, "logits");
            Near.Equal([position.GetProperty("logsumexp").GetSingle()], [(float)LogSoftmax.LogSumExp(row)], LogitTolerance, "log-sum-exp");
        }
    }

    private static void AssertLogProbabilities(SmolLm2Model model, JsonElement prompt, int[] ids, float[] logits)
    {
        var actual = Enumerable.Range(0, ids.Length - 1).Select(t => (float)LogSoftmax.Of(model.Row(logits, t), ids[t + 1])).ToArray();
        Near.Equal(Floats(prompt.GetProperty("token_logprobs")), actual, LogProbabilityTolerance, "log-probabilities");
    }

    /// <summary>Token by token, up to the first step whose two best logits are too near each other to tell apart.</summary>
    private static void AssertGreedy(SmolLm2Model model, JsonElement prompt, RunnerSequence sequence, ReadOnlySpan<float> last)
    {
        var expected = Integers(prompt.GetProperty("greedy_ids"));
        var margins = Floats(prompt.GetProperty("greedy_margins"));
        for (var i = 0; i < expected.Length && margins[i] >= SmallMargin; i++)
        {
            Assert.Equal(expected[i], TensorPrimitives.IndexOfMax(last));
            last = sequence.Run([expected[i]]);
        }
    }

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetSingle())];
}
