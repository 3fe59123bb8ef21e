using System.Collections.Concurrent;
using Hone.TestKit;
using Hone.Tokenization;

namespace Hone.Golden.Templates;

/// <summary>The tokenizers at hand: a folder of the shared ones, or a file of the golden set.</summary>
internal static class TokenizerFiles
{
    private const string GoldenSuffix = ".tokenizer.json.gz";

    private static readonly ConcurrentDictionary<string, Lazy<HfTokenizer>> s_loaded = new();

    public static IReadOnlyList<string> Names()
    {
        var shared = Path.Combine(Shared.Root, "tokenizers");
        var golden = Path.Combine(GoldenRoot.Root, "tokenizers");
        return
        [
            .. Directory.Exists(shared) ? Directory.GetDirectories(shared).Select(folder => Path.GetFileName(folder)) : [],
            .. Directory.Exists(golden) ? Directory.GetFiles(golden, "*" + GoldenSuffix).Select(file => Path.GetFileName(file)[..^GoldenSuffix.Length]) : [],
        ];
    }

    /// <summary>Loaded once for all tests.</summary>
    public static HfTokenizer Load(string name) => s_loaded.GetOrAdd(name, name => new Lazy<HfTokenizer>(() => Read(name))).Value;

    private static HfTokenizer Read(string name)
    {
        var shared = Path.Combine(Shared.Root, "tokenizers", name, "tokenizer.json.gz");
        return HfTokenizer.FromFile(File.Exists(shared) ? shared : GoldenRoot.Require("tokenizers", name + GoldenSuffix));
    }
}
