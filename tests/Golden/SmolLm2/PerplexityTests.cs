using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hone.Cpu;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.SmolLm2;

/// <summary>Perplexity on the golden windows of WikiText-2: fast over all of them, exact window by window over the first few, which take longer.</summary>
public sealed class PerplexityTests
{
    private const double FastBand = 0.005;
    private const double ExactWindowTolerance = 3e-5;
    private const int ExactWindows = 2;

    [Fact]
    public void FastIsWithinHalfAPercent()
    {
        using var golden = SmolLm2Model.Golden("perplexity.json");
        using var model = new SmolLm2Model(Profile.Fast);
        var mean = Windows(golden).Average(window => MeanNll(model, window));
        var expected = Reference(golden).GetProperty("perplexity").GetDouble();
        Assert.InRange(Math.Exp(mean), expected * (1 - FastBand), expected * (1 + FastBand));
    }

    [Fact]
    public void ExactWindowsEqualTheReference()
    {
        using var golden = SmolLm2Model.Golden("perplexity.json");
        using var model = new SmolLm2Model(Profile.Exact);
        var expected = Reference(golden).GetProperty("window_mean_nll").EnumerateArray().Select(e => e.GetDouble());
        foreach (var (window, nll) in Windows(golden).Zip(expected).Take(ExactWindows))
            Assert.Equal(nll, MeanNll(model, window), ExactWindowTolerance);
    }

    private static JsonElement Reference(JsonDocument golden) => golden.RootElement.GetProperty("results").GetProperty("fp32");

    private static double MeanNll(SmolLm2Model model, int[] window)
    {
        var logits = model.Start().Run(window);
        return -Enumerable.Range(0, window.Length - 1).Average(t => LogSoftmax.Of(model.Row(logits, t), window[t + 1]));
    }

    /// <summary>Non-overlapping windows of the whole text's ids, without BOS.</summary>
    private static int[][] Windows(JsonDocument golden)
    {
        int Number(string name) => golden.RootElement.GetProperty(name).GetInt32();
        var ids = Text(Number("first_window"), Number("windows"), Number("window_tokens"));
        var windows = ids.Chunk(Number("window_tokens")).Skip(Number("first_window")).Take(Number("windows")).ToArray();
        var starts = golden.RootElement.GetProperty("window_first8_ids").EnumerateArray().Select(w => w.EnumerateArray().Select(id => id.GetInt32()).ToArray());
        Assert.Equal(starts, windows.Select(w => w[..8]));
        return windows;
    }

    private static int[] Text(int first, int windows, int length)
    {
        using var packed = new GZipStream(File.OpenRead(Shared.Require("data", "wikitext2-valid.txt.gz")), CompressionMode.Decompress);
        var text = new StreamReader(packed, Encoding.UTF8).ReadToEnd();
        using var json = new GZipStream(File.OpenRead(GoldenRoot.Require("tokenizers", "smollm2.tokenizer.json.gz")), CompressionMode.Decompress);
        var ids = Hone.Tokenization.HfTokenizer.FromJson(json).Encode(text, addSpecialTokens: false);
        return [.. ids.Take((first + windows) * length)];
    }
}
