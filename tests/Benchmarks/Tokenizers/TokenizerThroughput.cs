using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Hone.TestKit;
using Hone.Tokenization;

namespace Hone.Benchmarks.Tokenizers;

/// <summary>
/// Encoding on one thread beside Hugging Face's Rust library (Tokenizers.DotNet): the same chunks in turn, medians, in MB of UTF-8 a
/// second. Usage: <c>tokenizers [NAME…]</c>.
/// </summary>
internal static class TokenizerThroughput
{
    private const int Repeats = 7, Bytes = 400_000;

    public static int Run(string[] names)
    {
        Console.WriteLine($"{"tokenizer",-14}{"text",-16}{"Hone MB/s",10}{"Rust MB/s",10}{"ratio",8}   ids");
        foreach (var (name, path) in Tokenizers().Where(t => names.Length == 0 || names.Contains(t.Name)))
        {
            var plain = Path.Combine(Path.GetTempPath(), $"hone-{Environment.ProcessId}-{name}.json");
            try
            {
                Unpack(path, plain);
                var ours = HfTokenizer.FromFile(path);
                var peer = new global::Tokenizers.DotNet.Tokenizer(plain);
                foreach (var (text, chunks) in Texts())
                    Compare(name, text, chunks, ours, peer);
            }
            finally
            {
                File.Delete(plain);
            }
        }
        return 0;
    }

    private static void Compare(string name, string text, string[] chunks, HfTokenizer ours, global::Tokenizers.DotNet.Tokenizer peer)
    {
        var bytes = chunks.Sum(Encoding.UTF8.GetByteCount);
        var same = chunks.Count(c => ours.Encode(c, addSpecialTokens: true).SequenceEqual(peer.Encode(c).Select(id => (int)id)));
        var (mine, its) = (new List<double>(), new List<double>());
        for (var i = 0; i < Repeats; i++)
        {
            mine.Add(Seconds(() => Array.ForEach(chunks, c => ours.Encode(c, addSpecialTokens: true))));
            its.Add(Seconds(() => Array.ForEach(chunks, c => peer.Encode(c))));
        }
        var (a, b) = (bytes / 1e6 / Median(mine), bytes / 1e6 / Median(its));
        Console.WriteLine($"{name,-14}{text,-16}{a,10:F2}{b,10:F2}{a / b,8:F2}   {(same == chunks.Length ? "equal" : $"{same}/{chunks.Length} equal")}");
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static IEnumerable<(string Name, string Path)> Tokenizers()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Shared.Root, "tokenizers")).Order())
            yield return (Path.GetFileName(folder), Path.Combine(folder, "tokenizer.json.gz"));
        foreach (var file in Directory.GetFiles(Path.Combine(GoldenRoot.Root, "tokenizers"), "*.tokenizer.json.gz").Order())
            yield return (Path.GetFileName(file)[..^".tokenizer.json.gz".Length], file);
        foreach (var family in new[] { "t5", "bert" }.Where(f => GoldenRoot.Has("models", f)))
            yield return ($"tiny {family}", Path.Combine(GoldenRoot.Root, "models", family, "tokenizer.json"));
    }

    private static IEnumerable<(string Name, string[] Chunks)> Texts()
    {
        var english = Packed(Path.Combine(Shared.Root, "data", "wikitext2-valid.txt.gz"));
        var code = string.Concat(Directory.GetFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories).Order().Select(File.ReadAllText));
        yield return ("English 4 KB", Chunks(english, 4096));
        yield return ("code 4 KB", Chunks(code, 4096));
        yield return ("English 64 B", Chunks(english, 64)[..1000]);
        yield return ("Cyrillic, CJK", Chunks(Shifted(english), 4096));
    }

    // Letters moved into Cyrillic, every other word into CJK: text without the words that a vocabulary knows.
    private static string Shifted(string text)
    {
        var words = text[..(Bytes / 2)].Split(' ');
        return string.Join(' ', words.Select((w, i) => string.Concat(w.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 'a' + (i % 2 == 0 ? 0x430 : 0x4E00 + w.Length * 100)) : c))));
    }

    private static string[] Chunks(string text, int size) => [.. text[..Math.Min(text.Length, Bytes)].Chunk(size).Select(c => new string(c))];

    private static string Packed(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static void Unpack(string path, string plain)
    {
        using var target = File.Create(plain);
        using var source = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            source.CopyTo(target);
            return;
        }
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        gzip.CopyTo(target);
    }
}
