using Hone.Models;
using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Files whose metadata or table of tensors were changed at random (fixed seed): each opens as a model or is refused by a typed error.</summary>
public sealed class MutatedGgufTests
{
    private const int Mutations = 100;

    public static TheoryData<string> Files() => new(GoldenModels.GgufFiles());

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void OpenOrAreRefused(string file)
    {
        var bytes = File.ReadAllBytes(GoldenRoot.Require("gguf", file));
        var random = new Random(file.Length);
        int[] places = [.. Interesting(bytes)];
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = (byte[])bytes.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                mutated[places[random.Next(places.Length)]] = (byte)random.Next(random.Next(2) == 0 ? 8 : 256);
            try
            {
                using var source = ModelSource.Of(GgufFile.Read(file, mutated), file);
                foreach (var weight in source.Graph.Weights.Values)
                    _ = source.Tensor(weight).Row(0);
            }
            catch (Exception e) when (e is ModelFormatException or WeightFormatException)
            {
                refused++;
            }
        }
        Assert.NotEqual(0, refused);
    }

    /// <summary>The header but for the vocabulary: counts, keys and values, names, shapes, offsets.</summary>
    private static IEnumerable<int> Interesting(byte[] bytes)
    {
        var text = bytes.AsSpan();
        var vocabulary = text.IndexOf("tokenizer.ggml.tokens"u8);
        var table = text.IndexOf("token_embd.weight"u8);
        Assert.True(vocabulary > 0 && table > vocabulary);
        var end = Math.Min(bytes.Length, table + 4000);
        return [.. Enumerable.Range(4, vocabulary - 4), .. Enumerable.Range(table - 500, end - table + 500)];
    }
}
