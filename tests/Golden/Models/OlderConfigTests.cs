using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>The same models with their configuration as transformers 4 wrote it: the same graph, the same outputs.</summary>
public class OlderConfigTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithOlderConfig), MemberType = typeof(Goldens))]
    public void GivesTheSame(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source("config.v4.json");
        using var runner = TorchModels.Runner(source);
        switch (golden.Kind)
        {
            case ModelKind.Decoder:
                var logits = new SequenceRun(runner).Feed(runner, golden.Tensors.Ids("input_ids_0"));
                Near.Equal(golden.Tensors.Floats("logits_0"), logits, golden.Tolerance("logits"), "logits");
                var tail = golden.Tensors.Floats("logits_long_tail");
                logits = new SequenceRun(runner).Feed(runner, golden.Tensors.Ids("input_ids_long"));
                Near.Equal(tail, logits.AsSpan(logits.Length - tail.Length), golden.Tolerance("logits_long"), "long text");
                break;
            case ModelKind.EncoderDecoder:
                logits = new SequenceRun(runner).Feed(runner, golden.Tensors.Ids("decoder_input_ids_0"), source: golden.Tensors.Ids("input_ids_0"));
                Near.Equal(golden.Tensors.Floats("logits_0"), logits, golden.Tolerance("logits"), "logits");
                break;
            default:
                EncoderTests.CheckTexts(golden, golden.Tensors, runner);
                break;
        }
    }
}
