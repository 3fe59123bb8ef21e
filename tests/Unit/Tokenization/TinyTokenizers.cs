using System.Text;
using System.Text.Json;
using Hone.Tokenization;
using Hone.Tokenization.Json;
using Hone.Tokenization.Text;

namespace Hone.Unit.Tokenization;

/// <summary>Small tokenizers made for tests.</summary>
internal static class TinyTokenizers
{
    private static readonly string[] Merges =
        ["h e", "l l", "he ll", "hell o", "Ġ w", "o r", "l d", "Ġw or", "Ġwor ld", "Ġ Ġ", "ĠĠ ĠĠ", "a b", "ab c", "Ã ©", "i n", "in g", "e r", "0 1"];

    /// <summary>Byte-level BPE with all 256 bytes, some merges, and two added tokens, the second an ordinary one.</summary>
    public static string ByteLevelJson(string? expression = null, object? normalizer = null, bool ignoreMerges = false)
    {
        var vocabulary = new Dictionary<string, int>();
        for (var b = 0; b < 256; b++)
            vocabulary.Add(ByteAlphabet.LetterOf((byte)b).ToString(), vocabulary.Count);
        foreach (var merge in Merges)
            vocabulary.TryAdd(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);
        object split = new { type = "Split", pattern = new { Regex = expression ?? "" }, behavior = "Isolated", invert = false };
        object bytes = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = false, use_regex = expression is null };
        return JsonSerializer.Serialize(new
        {
            added_tokens = new object[]
            {
                new { id = vocabulary.Count, content = "<|end|>", special = true, normalized = false },
                new { id = vocabulary.Count + 1, content = "<|end|><|x", special = false, normalized = false },
            },
            normalizer,
            pre_tokenizer = new { type = "Sequence", pretokenizers = expression is null ? new[] { bytes } : [split, bytes] },
            decoder = new { type = "ByteLevel" },
            model = new { type = "BPE", vocab = vocabulary, merges = Merges, ignore_merges = ignoreMerges },
        });
    }

    public static TokenizerParts Parts(string json) => TokenizerJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    public static HfTokenizer Load(string json) => new(Parts(json));

    /// <summary>SentencePiece-like BPE: spaces as U+2581, no pre-tokenizer, bytes for unknown characters.</summary>
    public static HfTokenizer SentencePiece() => HfTokenizer.FromGguf(new GgufVocabulary
    {
        Model = "llama",
        Tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"), .. Pieces],
        TokenTypes = [2, 3, 3, .. Enumerable.Repeat(6, 256), .. Pieces.Select(_ => 1)],
        Scores = [0, 0, 0, .. Enumerable.Repeat(0f, 256), .. Pieces.Select((_, i) => -(float)i)],
        BosId = 1,
        EosId = 2,
        UnknownId = 0,
    });

    private static readonly string[] Pieces = ["\u2581a", "\u2581\u2581", "ab", "\u2581ab", "\u2581the", "th", "\u2581th", "\u2581t", "he", "\u2581", "a", "b", "t", "h", "e", "\u00E9"];

    /// <summary>Random text from a mix that reaches every branch of the splitting expressions.</summary>
    public static string RandomText(Random random, int length)
    {
        string[] parts =
        [
            "a", "B", "z", "Z", "\u01C5", "\u02B0", "\u4E00", "\u9FA5", "\u9FA6", "\u3042", "\u30FC", "\u00E9", "e\u0301", "\u0301", "\u0903", "1", "2", "\u00BD", "\u0661", "\u3007",
            " ", "  ", "\t", "\n", "\r", "\r\n", "\u00A0", "\u3000", "\u0085", "'", "'s", "'S", "'\u017F", "'re", "'VE", "'ll", "'x", "!", "?", "/", "//", "$", "+", "_", "-", "(", "\u20AC", "\u200D",
            "\0", "\u0007", "\uFFFD", "\uE000", "\u0378", "\U0001F600", "\U00010400", "\U00010428", "\U00020000", "\U0001D7CE", "\U000E0100", "\U0001F130", "\U0002FA1F", "hello", "World",
        ];
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(parts[random.Next(parts.Length)]);
        return text.ToString();
    }
}
