using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hone.TestKit;
using Hone.Tokenization;

namespace Hone.Golden.Tokenizers;

/// <summary>Finds the tokenizer goldens and the tokenizers they belong to.</summary>
internal static class TokenizerGoldens
{
    private const string Folder = "tokenizers", RowsSuffix = ".jsonl.gz", BytesSuffix = ".bytes.jsonl.gz";

    private static readonly Dictionary<string, Lazy<HfTokenizer>> Loaded = [];

    /// <summary>The names of all tokenizers that have rows.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names()
    {
        var folder = Path.Combine(GoldenRoot.Root, Folder);
        var names = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + RowsSuffix).Select(f => Path.GetFileName(f))
                .Where(f => !f.EndsWith(BytesSuffix, StringComparison.Ordinal)).Select(f => f[..^RowsSuffix.Length]).Where(n => n != "components")
            : [];
        return names.Order().DefaultIfEmpty("(none found)").Select(n => new TheoryDataRow<string>(n));
    }

    /// <summary>The tokenizer of a name: beside the goldens, else among the shared tokenizers.</summary>
    public static HfTokenizer Load(string name)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var tokenizer))
                Loaded[name] = tokenizer = new(() => HfTokenizer.FromFile(PathOf(name)));
            return tokenizer.Value;
        }
    }

    public static string PathOf(string name) => GoldenRoot.Has(Folder, name + ".tokenizer.json.gz")
        ? GoldenRoot.Require(Folder, name + ".tokenizer.json.gz")
        : Shared.Require("tokenizers", name, "tokenizer.json.gz");

    public static IEnumerable<JsonElement> Rows(string file)
    {
        using var stream = new GZipStream(File.OpenRead(GoldenRoot.Require(Folder, file)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return JsonDocument.Parse(line).RootElement;
    }

    public static JsonElement Json(string file)
    {
        using Stream plain = File.OpenRead(GoldenRoot.Require(Folder, file));
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(plain, CompressionMode.Decompress) : plain;
        return JsonDocument.Parse(stream).RootElement;
    }

    public static int[] Ints(this JsonElement array) => [.. array.EnumerateArray().Select(i => i.GetInt32())];

    /// <summary>Offsets in code points, as the goldens count them.</summary>
    public static (int Start, int End)[] InCodePoints(this IEnumerable<(int Start, int End)> offsets, string text)
    {
        var points = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
            points[i + 1] = points[i] + (char.IsLowSurrogate(text[i]) ? 0 : 1);
        return [.. offsets.Select(o => (points[o.Start], points[o.End]))];
    }

    public static (int, int)[] Pairs(this JsonElement array) => [.. array.EnumerateArray().Select(p => (p[0].GetInt32(), p[1].GetInt32()))];

    /// <summary>Text as ASCII, so that a difference can be seen in a test report.</summary>
    public static string Escape(this string text) =>
        new StringBuilder().AppendJoin("", text.Select(c => c is >= ' ' and < '\x7F' ? c.ToString() : $"\\u{(int)c:X4}")).ToString();
}
