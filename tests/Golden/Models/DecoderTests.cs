using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>Logits, losses, greedy text and states of decoders, for any backend.</summary>
public abstract class DecoderTests
{
    /// <summary>A runner for at least 4000 tokens in two sequences; skips, by name, a model that the backend can't serve.</summary>
    internal abstract IModelRunner Runner(ModelSource source);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.Decoders), MemberType = typeof(Goldens))]
    public void LogitsAndLosses(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        for (var i = 0; golden.Tensors.Has($"logits_{i}"); i++)
        {
            var logits = Logits(runner, golden.Tensors.Ids($"input_ids_{i}"));
            Near.Equal(golden.Tensors.Floats($"logits_{i}"), logits, golden.Tolerance("logits"), $"logits {i}");
            Assert.Equal(golden.Json.GetProperty("loss")[i].GetDouble(), Loss(runner, logits, golden.Tensors.Ids($"input_ids_{i}")), golden.Tolerance("loss"));
        }
        var text = golden.Tensors.Ids("input_ids_long");
        var all = Logits(runner, text);
        Near.Equal(golden.Tensors.Floats("logits_long_tail"), Tail(all, golden.Tensors.Floats("logits_long_tail").Length), golden.Tolerance("logits_long"), "long text");
        Assert.Equal(golden.Json.GetProperty("long_loss").GetDouble(), Loss(runner, all, text), golden.Tolerance("loss"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.Decoders), MemberType = typeof(Goldens))]
    public void GreedyText(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        var i = 0;
        foreach (var greedy in golden.Json.GetProperty("greedy").EnumerateArray())
        {
            var prompt = golden.Tensors.Ids($"input_ids_{i}");
            var sequence = new SequenceRun(runner);
            var row = sequence.Feed(runner, prompt, prompt.Length - 1);
            Greedy.Check(greedy, row, Greedy.Step(runner, sequence, prompt), golden.Tolerance("logprobs"), $"greedy {i++}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.Decoders), MemberType = typeof(Goldens))]
    public void PrefillInChunks(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        var text = golden.Tensors.Ids("input_ids_long");
        foreach (var size in new[] { 1, 7, 64 })
        {
            var sequence = new SequenceRun(runner) { RopeLength = text.Length };
            var logits = text.Chunk(size).SelectMany(chunk => sequence.Feed(runner, chunk)).ToArray();
            var tail = golden.Tensors.Floats("logits_long_tail");
            Near.Equal(tail, Tail(logits, tail.Length), golden.Tolerance("logits_long"), $"chunks of {size}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.Decoders), MemberType = typeof(Goldens))]
    public void RaggedBatches(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        var texts = new[] { golden.Tensors.Ids("input_ids_0"), golden.Tensors.Ids("input_ids_1") };
        var expected = new[] { golden.Tensors.Floats("logits_0"), golden.Tensors.Floats("logits_1") };
        var sequences = texts.Select((text, i) => new SequenceRun(runner, i, texts.Length) { RopeLength = text.Length }).ToArray();
        var batch = new Batch();
        // Each step: which sequences, in which order, get how many tokens.
        foreach (var step in new (int Sequence, int Count)[][] { [(0, 5), (1, 9)], [(1, 3), (0, 1)], [(0, 3), (1, 1)], [(1, int.MaxValue), (0, 2)], [(0, int.MaxValue)] })
        {
            batch.Clear();
            var rows = new List<float>();
            foreach (var (s, count) in step)
            {
                var (first, end) = (sequences[s].Past, (int)Math.Min(texts[s].Length, (long)sequences[s].Past + count));
                sequences[s].Add(batch, texts[s].AsSpan(first, end - first));
                rows.AddRange(expected[s][(first * runner.VocabularySize)..(end * runner.VocabularySize)]);
            }
            Near.Equal(rows.ToArray(), runner.Run(batch), golden.Tolerance("logits"), "ragged batch");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithStates), MemberType = typeof(Goldens))]
    public void States(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        foreach (var text in new[] { "0", "1", "long" })
        {
            var ids = golden.Tensors.Ids($"input_ids_{text}");
            var sequence = new SequenceRun(runner);
            sequence.Feed(runner, ids.AsSpan(0, 20));
            GoldenStates.Check(golden, $"state_{text}.", ".t20", runner);
            sequence.Feed(runner, ids.AsSpan(20));
            Assert.True(GoldenStates.Check(golden, $"state_{text}.", ".end", runner) > 0, $"No golden states of text {text}.");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithLongContext), MemberType = typeof(Goldens))]
    public void LongContext(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        var context = golden.Json.GetProperty("long_context");
        var length = context.GetProperty("tokens").GetInt32();
        var (ids, tail) = (golden.Tensors.Ids($"input_ids_{length}"), golden.Tensors.Floats($"logits_{length}_tail"));
        var logits = Logits(runner, ids);
        Near.Equal(tail, Tail(logits, tail.Length), context.GetProperty("tolerance").GetDouble(), $"{length} tokens");
        Assert.Equal(context.GetProperty("loss").GetDouble(), Loss(runner, logits, ids), golden.Tolerance("loss"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithLongFactors), MemberType = typeof(Goldens))]
    public void RopeFixedAtTheLongestLength(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = Runner(source);
        var logits = new SequenceRun(runner) { RopeLength = source.Config.ContextLength }.Feed(runner, golden.Tensors.Ids("input_ids_0"));
        Near.Equal(golden.Tensors.Floats("logits_0_long_factors"), logits, golden.Tolerance("logits"), "long factors");
    }

    private static float[] Logits(IModelRunner runner, int[] ids) => new SequenceRun(runner).Feed(runner, ids);

    private static float[] Tail(float[] logits, int count) => logits[^count..];

    /// <summary>Mean of −log p over the tokens after the first.</summary>
    private static double Loss(IModelRunner runner, float[] logits, int[] ids) => -Probabilities.OfLabels(logits, ids.AsSpan(1), runner.VocabularySize).Average();
}
