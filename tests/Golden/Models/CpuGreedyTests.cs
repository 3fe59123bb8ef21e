using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Greedy continuations and the log-probabilities of their tokens, and the loss of the prompts.</summary>
public sealed class CpuGreedyTests
{
    public static TheoryData<string> Folders() => new(GoldenModels.Folders());

    [Theory]
    [MemberData(nameof(Folders))]
    public void GreedyTextEqualsTheReference(string folder)
    {
        using var model = CpuModel.Open(folder);
        var index = 0;
        foreach (var golden in model.Facts.GetProperty("greedy").EnumerateArray())
        {
            var ids = model.Outputs.Ids($"input_ids_{index++}");
            var expected = golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var logProbabilities = golden.GetProperty("logprobs").EnumerateArray().Select(p => p.GetSingle()).ToArray();
            var (actual, found) = Continue(model, ids, expected.Length);
            Assert.Equal(expected, actual);
            Near.Equal(logProbabilities, found, model.Tolerance("logprobs"), "log-probabilities");
        }
        Assert.NotEqual(0, index);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void LossEqualsTheReference(string folder)
    {
        using var model = CpuModel.Open(folder);
        var index = 0;
        foreach (var golden in model.Facts.GetProperty("loss").EnumerateArray())
        {
            var ids = model.Outputs.Ids($"input_ids_{index++}");
            var logits = model.Start(0, ids.Length).Run(ids);
            var loss = -Enumerable.Range(0, ids.Length - 1).Average(t => LogSoftmax.Of(logits.AsSpan(t * model.Runner.VocabularySize, model.Runner.VocabularySize), ids[t + 1]));
            Near.Equal([golden.GetSingle()], [(float)loss], model.Tolerance("loss"), "loss");
        }
        Assert.NotEqual(0, index);
    }

    /// <summary>A model whose every angle changes with the length is computed anew for each token.</summary>
    private static (int[] Ids, float[] LogProbabilities) Continue(CpuModel model, int[] prompt, int count)
    {
        var (ids, logProbabilities) = (new List<int>(prompt), new List<float>());
        var sequence = model.Start();
        var logits = sequence.Run(prompt);
        while (true)
        {
            var last = logits.AsSpan(logits.Length - model.Runner.VocabularySize);
            var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(last);
            ids.Add(best);
            logProbabilities.Add((float)LogSoftmax.Of(last, best));
            if (logProbabilities.Count == count)
                return ([.. ids.Skip(prompt.Length)], [.. logProbabilities]);
            logits = model.Source.Graph.RecomputesWhole ? model.Start().Run([.. ids]) : sequence.Run([best]);
        }
    }
}
