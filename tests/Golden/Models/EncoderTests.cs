using Hone.Models;
using Hone.TestKit;
using Hone.Torch;

namespace Hone.Golden.Models;

/// <summary>Hidden states and pooled embeddings of encoders.</summary>
public class EncoderTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.Encoders), MemberType = typeof(Goldens))]
    public void Texts(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var runner = TorchModels.Runner(source);
        CheckTexts(golden, golden.Tensors, runner);
        if (golden.Json.TryGetProperty("pair", out var pair))
        {
            var batch = new Batch();
            new SequenceRun(runner).Add(batch, Numbers(pair.GetProperty("input_ids")), tokenTypes: Numbers(pair.GetProperty("token_type_ids")));
            Near.Equal(golden.Tensors.Floats("pair_last_hidden_state"), runner.Run(batch, "last_hidden_state")[0], golden.Tolerance("last_hidden_state"), "pair");
        }
    }

    /// <summary>Each text alone, then all as one ragged batch, which the goldens have as a padded one with the same rows.</summary>
    internal static void CheckTexts(GoldenModel golden, GoldenTensors tensors, TorchRunner runner)
    {
        var (all, rows) = (new Batch(), new List<float>());
        for (var i = 0; tensors.Has($"input_ids_{i}"); i++)
        {
            var ids = tensors.Ids($"input_ids_{i}");
            var expected = tensors.Floats($"last_hidden_state_{i}");
            var alone = new Batch();
            new SequenceRun(runner).Add(alone, ids);
            Near.Equal(expected, runner.Run(alone, "last_hidden_state")[0], golden.Tolerance("last_hidden_state"), $"text {i}");
            new SequenceRun(runner).Add(all, ids);
            rows.AddRange(expected);
        }
        var outputs = runner.Run(all, "last_hidden_state", "mean_pooled_normalized", "cls_normalized");
        Near.Equal(rows.ToArray(), outputs[0], golden.Tolerance("last_hidden_state"), "ragged batch");
        Near.Equal(tensors.Floats("mean_pooled_normalized"), outputs[1], golden.Tolerance("embeddings"), "mean of the rows");
        Near.Equal(tensors.Floats("cls_normalized"), outputs[2], golden.Tolerance("embeddings"), "first row");
    }

    private static int[] Numbers(System.Text.Json.JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
}
