using System.IO.Compression;
using System.Text.Json;
using Hone.Models.Weights.Gguf;
using Hone.TestKit;
using Hone.Tokenization;

namespace Hone.Golden.Tokenizers;

/// <summary>Tokenizers inside GGUF files give what the tokenizer.json of the same model gives.</summary>
public class GgufModels
{
    public static IEnumerable<TheoryDataRow<string>> Names
    {
        get
        {
            var folder = Path.Combine(GoldenRoot.Root, "gguf");
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.gguf") : [];
            return files.Select(f => Path.GetFileNameWithoutExtension(f)).Order().DefaultIfEmpty("(none found)").Select(n => new TheoryDataRow<string>(n));
        }
    }

    /// <summary>The texts of the source model's golden give its ids.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GoldenIds(string name)
    {
        using var file = GgufFile.Open(GoldenRoot.Require("gguf", name + ".gguf"));
        var tokenizer = HfTokenizer.FromGguf(GgufVocabularies.Read(file.Metadata));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SourceFolder(name), "golden.json")));
        if (!golden.RootElement.TryGetProperty("input_ids", out var ids) || Texts(golden.RootElement) is not { Count: > 0 } texts)
        {
            Assert.Skip($"golden.json of {name} has no texts with ids.");
            return;
        }
        if (golden.RootElement.GetProperty("model_type").ValueEquals("t5"))
            Assert.Skip("The ids of T5's goldens begin inside a word, so they are not those of the texts.");
        for (var i = 0; i < texts.Count; i++)
            Assert.Equal(ids[i].Ints(), tokenizer.Encode(texts[i], addSpecialTokens: true));
    }

    /// <summary>
    /// Printable ASCII without spaces at its ends has the same ids as with the source model's tokenizer.json, and decodes to the same. (Of other characters the GGUF
    /// files say less: they do not hold the normalizer.)
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void SameAsTokenizerJson(string name)
    {
        using var file = GgufFile.Open(GoldenRoot.Require("gguf", name + ".gguf"));
        var tokenizer = HfTokenizer.FromGguf(GgufVocabularies.Read(file.Metadata));
        var path = Path.Combine(SourceFolder(name), "tokenizer.json");
        if (!File.Exists(path))
            Assert.Skip($"The source of {name} has no tokenizer.json.");
        var source = HfTokenizer.FromFile(path);
        Assert.NotEmpty(SomeTexts.Value);
        foreach (var text in SomeTexts.Value)
        {
            var ids = source.Encode(text, addSpecialTokens: true);
            Assert.Equal(ids, tokenizer.Encode(text, addSpecialTokens: true));
            Assert.Equal(source.Decode(ids, skipSpecialTokens: true), tokenizer.Decode(ids, skipSpecialTokens: true));
        }
    }

    /// <summary>The GGUF vocabularies beside the tokenizer goldens give the rows of the tokenizer they are named after.</summary>
    [Fact]
    public void VocabulariesBesideTheRows()
    {
        var files = Directory.GetFiles(GoldenRoot.Require("tokenizers"), "*.gguf.gz");
        if (files.Length == 0)
            Assert.Skip("No GGUF vocabularies beside the tokenizer goldens.");
        foreach (var path in files)
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            using var file = GgufFile.Read(path, content.ToArray());
            var tokenizer = HfTokenizer.FromGguf(GgufVocabularies.Read(file.Metadata));
            foreach (var row in TokenizerGoldens.Rows(Path.GetFileName(path)[..^".gguf.gz".Length] + ".jsonl.gz"))
            {
                var ids = row.GetProperty("ids").Ints();
                if (row.GetProperty("text").GetString() is { } text)
                    Assert.Equal(ids, tokenizer.Encode(text, addSpecialTokens: false));
                Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(ids, skipSpecialTokens: true));
            }
        }
    }

    private static readonly Lazy<List<string>> SomeTexts = new(() =>
        [.. TokenizerGoldens.Names().First().Data is var name && GoldenRoot.Has("tokenizers", name + ".jsonl.gz")
            ? TokenizerGoldens.Rows(name + ".jsonl.gz").Select(r => r.GetProperty("text").GetString()).OfType<string>().Select(t => t.Trim()).Where(t => t.Length < 400 && t.All(c => c is >= ' ' and <= '~'))
            : []]);

    private static string SourceFolder(string name)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(GoldenRoot.Require("gguf", "index.json")));
        var entry = index.RootElement.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
        return GoldenRoot.Require("models", Path.GetFileName(entry.GetProperty("source").GetString()!));
    }

    private static List<string> Texts(JsonElement golden) =>
        golden.TryGetProperty("texts", out var texts) || golden.TryGetProperty("text", out texts)
            ? [.. texts.EnumerateArray().Select(t => t.GetString()!)] : [];
}
