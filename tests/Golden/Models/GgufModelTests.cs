using System.Text.Json;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>The same models as GGUF files give the same outputs.</summary>
public class GgufModelTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.GgufFiles), MemberType = typeof(Goldens))]
    public void GiveTheGoldens(string file)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("gguf", "index.json")));
        var entry = index.RootElement.GetProperty("files").EnumerateArray().Single(e => e.GetProperty("file").GetString() == file);
        using var golden = GoldenModel.Open(Path.GetFileName(entry.GetProperty("source").GetString()!));
        using var own = entry.TryGetProperty("golden", out var ownGolden) ? new GoldenTensors(GoldenRoot.Require("gguf", ownGolden.GetString()!)) : null;
        var tensors = own ?? golden.Tensors;
        using var source = ModelSource.Open(GoldenRoot.Require("gguf", file));
        using var runner = TorchModels.Runner(source);

        switch (golden.Kind)
        {
            case ModelKind.Encoder:
                EncoderTests.CheckTexts(golden, tensors, runner);
                return;
            case ModelKind.EncoderDecoder:
                for (var i = 0; tensors.Has($"logits_{i}"); i++)
                    Near.Equal(tensors.Floats($"logits_{i}"), Logits(runner, $"{i}"), golden.Tolerance("logits"), $"logits {i}");
                return;
            default:
                for (var i = 0; tensors.Has($"logits_{i}"); i++)
                    Near.Equal(tensors.Floats($"logits_{i}"), Logits(runner, $"{i}"), Tolerance("logits"), $"logits {i}");
                var tail = tensors.Floats("logits_long_tail");
                var longText = Logits(runner, "long");
                Near.Equal(tail, longText.AsSpan(longText.Length - tail.Length), Tolerance("logits_long"), "long text");
                return;
        }

        float[] Logits(IModelRunner runner, string text) => golden.Kind == ModelKind.EncoderDecoder
            ? new SequenceRun(runner).Feed(runner, tensors.Ids($"decoder_input_ids_{text}"), source: tensors.Ids($"input_ids_{text}"))
            : new SequenceRun(runner).Feed(runner, tensors.Ids($"input_ids_{text}"));

        // A file with its own golden has its own tolerance, one for all texts.
        double Tolerance(string what) => own is null ? golden.Tolerance(what) : entry.GetProperty("tolerance").GetProperty("logits").GetDouble();
    }
}
