using Hone.Models;
using Hone.Models.Graph;
using Hone.TestKit;
using Hone.Torch.Ops;

namespace Hone.Golden.Models;

/// <summary>Encoder rows, logits, greedy text of encoder-decoders.</summary>
public class EncoderDecoderTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.EncoderDecoders), MemberType = typeof(Goldens))]
    public void EncoderLogitsAndLosses(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = TorchModels.Runner(source);
        var (all, encoded, logits) = (new Batch(), new List<float>(), new List<float>());
        for (var i = 0; golden.Tensors.Has($"input_ids_{i}"); i++)
        {
            var alone = new Batch();
            Add(alone, new SequenceRun(runner), golden, $"{i}");
            Add(all, new SequenceRun(runner, i, 2), golden, $"{i}");
            var outputs = runner.Run(alone, "encoder", "logits");
            Near.Equal(golden.Tensors.Floats($"encoder_last_hidden_state_{i}"), outputs[0], golden.Tolerance("encoder_last_hidden_state"), $"encoder {i}");
            Near.Equal(golden.Tensors.Floats($"logits_{i}"), outputs[1], golden.Tolerance("logits"), $"logits {i}");
            var logprobs = Probabilities.OfLabels(outputs[1], golden.Tensors.Ids($"labels_{i}"), runner.VocabularySize);
            Near.Equal(golden.Tensors.Floats($"logprobs_{i}"), Array.ConvertAll(logprobs, p => (float)p), golden.Tolerance("logprobs"), $"logprobs {i}");
            Assert.Equal(golden.Json.GetProperty("loss")[i].GetDouble(), -logprobs.Average(), golden.Tolerance("loss"));
            encoded.AddRange(golden.Tensors.Floats($"encoder_last_hidden_state_{i}"));
            logits.AddRange(golden.Tensors.Floats($"logits_{i}"));
        }
        var together = runner.Run(all, "encoder", "logits");
        Near.Equal(encoded.ToArray(), together[0], golden.Tolerance("encoder_last_hidden_state"), "encoder, ragged batch");
        Near.Equal(logits.ToArray(), together[1], golden.Tolerance("logits"), "logits, ragged batch");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.EncoderDecoders), MemberType = typeof(Goldens))]
    public void LongText(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = TorchModels.Runner(source);
        var batch = new Batch();
        Add(batch, new SequenceRun(runner), golden, "long");
        var logits = runner.Run(batch).ToArray();
        var tail = golden.Tensors.Floats("logits_long_tail");
        Near.Equal(tail, logits.AsSpan(logits.Length - tail.Length), golden.Tolerance("logits_long"), "long text");
        var logprobs = Probabilities.OfLabels(logits, golden.Tensors.Ids("labels_long"), runner.VocabularySize);
        Assert.Equal(golden.Json.GetProperty("long_loss").GetDouble(), -logprobs.Average(), golden.Tolerance("loss"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.EncoderDecoders), MemberType = typeof(Goldens))]
    public void SourceFirstThenTokenByToken(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = TorchModels.Runner(source);
        for (var i = 0; golden.Tensors.Has($"input_ids_{i}"); i++)
        {
            var sequence = new SequenceRun(runner);
            Assert.Empty(sequence.Feed(runner, [], source: golden.Tensors.Ids($"input_ids_{i}")));
            var logits = golden.Tensors.Ids($"decoder_input_ids_{i}").SelectMany(id => sequence.Feed(runner, [id])).ToArray();
            Near.Equal(golden.Tensors.Floats($"logits_{i}"), logits, golden.Tolerance("logits"), $"token by token {i}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.EncoderDecoders), MemberType = typeof(Goldens))]
    public void GreedyText(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = TorchModels.Runner(source);
        var i = 0;
        foreach (var greedy in golden.Json.GetProperty("greedy").EnumerateArray())
            Check(greedy, i++, forced: 0);
        if (golden.Json.TryGetProperty("greedy_forced_bos", out var forcedBos))
            Check(forcedBos, 0, forced: 1);

        void Check(System.Text.Json.JsonElement expected, int text, int forced)
        {
            var sequence = new SequenceRun(runner);
            var start = golden.Json.GetProperty("decoder_start_token_id").GetInt32();
            var row = sequence.Feed(runner, [start], source: golden.Tensors.Ids($"input_ids_{text}"));
            Greedy.Check(expected, row, token => sequence.Feed(runner, [token]), golden.Tolerance("logprobs"), $"greedy {text}", forced);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.EncoderDecoders), MemberType = typeof(Goldens))]
    public void RelativeBuckets(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        if (!golden.Tensors.Has("relative_position"))
            Assert.Skip($"{folder} has no relative positions.");
        var positions = golden.Tensors.Ids("relative_position");
        foreach (var bias in source.Graph.Nodes.Select(node => node.Op).OfType<Attention>().Select(op => op.Bias).OfType<RelativeBias>().Distinct())
        {
            var expected = golden.Tensors.Ids(bias.Bidirectional ? "relative_bucket_encoder" : "relative_bucket_decoder");
            Assert.Equal(expected, Array.ConvertAll(positions, position => Hone.Torch.Ops.RelativeBuckets.Bucket(bias, position)));
        }
    }

    internal static void Add(Batch batch, SequenceRun sequence, GoldenModel golden, string text) =>
        sequence.Add(batch, golden.Tensors.Ids($"decoder_input_ids_{text}"), source: golden.Tensors.Ids($"input_ids_{text}"));
}
