using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;
using Hone.Models.Weights.Safetensors;

namespace Hone.Golden.Quantization;

/// <summary>Broken files are refused with an error that says what is wrong; the valid ones open.</summary>
public class MalformedTests
{
    public static TheoryData<string> Names() => QuantizationGoldens.Names(["malformed.json"],
        path => JsonElement.Parse(File.ReadAllText(path)).EnumerateArray().Select(entry => entry.GetProperty("file").GetString()!));

    [Theory, MemberData(nameof(Names))]
    public void Is_refused_or_opened_as_described(string file)
    {
        var entry = QuantizationGoldens.Json("malformed.json").EnumerateArray().Single(e => e.GetProperty("file").GetString() == file);
        var path = QuantizationGoldens.Require("malformed", file);
        switch (entry.GetProperty("detect_at").GetString())
        {
            case "none":
                using (var source = Open(path))
                    Assert.NotEmpty(source.Names);
                break;
            case "open":
                AssertSaysWhat(Assert.Throws<WeightFormatException>(() => Open(path).Dispose()), path);
                break;
            case "model load":
                using (var source = Open(path))
                    AssertSaysWhat(Assert.Throws<WeightFormatException>(() => Load(source)), path);
                break;
            case var stage:
                Assert.Fail($"{file} is to be detected at an unknown stage: {stage}.");
                break;
        }
    }

    private static IWeightSource Open(string path) => path.EndsWith(".gguf", StringComparison.Ordinal) ? GgufFile.Open(path) : SafetensorsFile.Open(path);

    private static void Load(IWeightSource source)
    {
        foreach (var name in source.Names)
        {
            Assert.True(source.TryGet(name, out var tensor));
            tensor.RequireFinite();
        }
    }

    private static void AssertSaysWhat(WeightFormatException error, string path)
    {
        Assert.Equal(path, error.File);
        Assert.NotEmpty(error.Problem);
        Assert.Contains(error.Problem, error.Message);
        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
    }
}
