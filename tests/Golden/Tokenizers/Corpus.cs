using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hone.TestKit;

namespace Hone.Golden.Tokenizers;

/// <summary>A whole corpus, in one call and line by line.</summary>
public class Corpus
{
    public static IEnumerable<TheoryDataRow<string>> Names => TokenizerGoldens.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Whole(string name) => Compare(name, "whole", (tokenizer, text) => tokenizer.Encode(text, addSpecialTokens: false));

    [Theory]
    [MemberData(nameof(Names))]
    public void Lines(string name) =>
        Compare(name, "lines", (tokenizer, text) => text.Split('\n').SelectMany(l => tokenizer.Encode(l, addSpecialTokens: false)));

    private static void Compare(string name, string kind, Func<Tokenization.HfTokenizer, string, IEnumerable<int>> encode)
    {
        var golden = TokenizerGoldens.Json("corpus.json");
        if (!golden.GetProperty("tokenizers").TryGetProperty(name, out JsonElement expected))
            Assert.Skip($"corpus.json does not have {name}.");
        using var stream = new GZipStream(File.OpenRead(Shared.Require("data", golden.GetProperty("file").GetString()!)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        int[] ids = [.. encode(TokenizerGoldens.Load(name), reader.ReadToEnd())];
        Assert.Equal(expected.GetProperty(kind + "_count").GetInt32(), ids.Length);
        Assert.Equal(expected.GetProperty(kind + "_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(ids.AsSpan()))));
    }
}
