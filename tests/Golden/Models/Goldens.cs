using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>What the golden set holds, found by looking.</summary>
public static class Goldens
{
    /// <summary>Folders of models whose first kind is <c>encoder</c>.</summary>
    public static TheoryData<string> Encoders() => Folders(golden => golden.Kind == ModelKind.Encoder);

    public static TheoryData<string> EncoderDecoders() => Folders(golden => golden.Kind == ModelKind.EncoderDecoder);

    public static TheoryData<string> Decoders() => Folders(golden => golden.Kind == ModelKind.Decoder);

    public static TheoryData<string> WithStates() => Folders(golden => golden.Tensors.Names.Any(name => name.StartsWith("state_", StringComparison.Ordinal)));

    public static TheoryData<string> WithLongContext() => Folders(golden => golden.Json.TryGetProperty("long_context", out _));

    public static TheoryData<string> WithLongFactors() => Folders(golden => golden.Tensors.Has("logits_0_long_factors"));

    public static TheoryData<string> WithGradients() => Folders(golden => File.Exists(golden.File("golden_grads.safetensors")));

    public static TheoryData<string> WithOlderConfig() => Folders(golden => File.Exists(golden.File("config.v4.json")));

    public static TheoryData<string> WithSenses() => Folders(golden => golden.Tensors.Has("sense_vectors"));

    public static TheoryData<string> GgufFiles() => GoldenRoot.Has("gguf")
        ? [.. Directory.GetFiles(GoldenRoot.Require("gguf"), "*.gguf").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    private static TheoryData<string> Folders(Predicate<GoldenModel> wanted)
    {
        var found = new TheoryData<string>();
        if (!GoldenRoot.Has("models"))
            return found;
        foreach (var path in Directory.GetDirectories(GoldenRoot.Require("models")).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(path, "golden.json")))
                continue;
            using var golden = new GoldenModel(path);
            if (wanted(golden))
                found.Add(Path.GetFileName(path));
        }
        return found;
    }
}
