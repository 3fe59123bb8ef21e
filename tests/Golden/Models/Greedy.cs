using System.Text.Json;
using Hone.Models;

namespace Hone.Golden.Models;

/// <summary>Greedy continuations with the log-probability of every token.</summary>
internal static class Greedy
{
    /// <summary>Continues until the golden ids end, comparing each token and its log-probability.</summary>
    /// <param name="next">Feeds one token and returns the logits of the next.</param>
    /// <param name="row">Logits after the prompt.</param>
    /// <param name="forced">Golden ids at the start that are given, not chosen.</param>
    public static void Check(JsonElement golden, float[] row, Func<int, float[]> next, double tolerance, string what, int forced = 0)
    {
        var expected = golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        var logprobs = golden.GetProperty("logprobs").EnumerateArray().ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            if (i >= forced)
            {
                Assert.True(expected[i] == Probabilities.Largest(row), $"{what}: token {i} is {Probabilities.Largest(row)} instead of {expected[i]}.");
                Assert.Equal(logprobs[i].GetDouble(), Probabilities.LogProbability(row, expected[i]), tolerance);
            }
            if (i + 1 < expected.Length)
                row = next(expected[i]);
        }
    }

    /// <summary>The step of a decoder: with its states, or, if these can't be kept, on the whole text again.</summary>
    public static Func<int, float[]> Step(IModelRunner runner, SequenceRun sequence, int[] prompt)
    {
        if (!runner.Graph.RecomputesWhole)
            return token => sequence.Feed(runner, [token]);
        List<int> text = [.. prompt];
        return token =>
        {
            text.Add(token);
            return new SequenceRun(runner).Feed(runner, [.. text], text.Count - 1);
        };
    }
}
