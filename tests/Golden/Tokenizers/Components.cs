using System.Text;
using System.Text.Json;
using Hone.TestKit;
using Hone.Tokenization;
using Hone.Tokenization.Json;
using Hone.Tokenization.Text;

namespace Hone.Golden.Tokenizers;

/// <summary>One tiny tokenizer for every component of the tokenizer.json format.</summary>
public class Components
{
    private static readonly Lazy<Dictionary<string, JsonElement>> All = new(() =>
        GoldenRoot.Has("tokenizers", "components.jsonl.gz")
            ? TokenizerGoldens.Rows("components.jsonl.gz").ToDictionary(r => $"{r.GetProperty("kind")}/{r.GetProperty("name")}") : []);

    public static IEnumerable<TheoryDataRow<string>> Names => All.Value.Keys.DefaultIfEmpty("(none found)").Select(n => new TheoryDataRow<string>(n));

    [Theory]
    [MemberData(nameof(Names))]
    public void Component(string name)
    {
        GoldenRoot.Require("tokenizers", "components.jsonl.gz");
        var row = All.Value[name];
        var parts = TokenizerJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(row.GetProperty("tokenizer").GetRawText())));
        var tokenizer = new HfTokenizer(parts);
        var failures = new List<string>();
        var cases = row.GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var check = new Check(one);
            if (one.TryGetProperty("text", out var text))
            {
                Pieces(check, parts, text.GetString()!);
                Encodings(check, tokenizer, text.GetString()!);
            }
            else
            {
                var ids = one.GetProperty("ids").Ints();
                check.Equal("decoded", tokenizer.Decode(ids, skipSpecialTokens: false));
                check.Equal("decoded_skip", tokenizer.Decode(ids, skipSpecialTokens: true));
            }
            failures.AddRange(check.Failures);
        }
        Assert.True(failures.Count == 0, $"{failures.Count} differences in {cases.Count} cases:\n{string.Join('\n', failures.Take(12))}");
    }

    private static void Pieces(Check check, TokenizerParts parts, string text)
    {
        var aligned = AlignedText.FromOriginal(text, 0);
        if (check.Has("normalized"))
        {
            aligned = parts.Normalizer!.Normalize(aligned);
            check.Equal("normalized", aligned.Chars.ToString());
        }
        if (!check.Has("pieces"))
            return;
        var normalized = aligned.Chars.ToString();
        var pieces = Tokenization.Text.Pieces.Whole(AlignedText.FromOriginal(normalized, 0));
        pieces = parts.PreTokenizer?.Split(pieces) ?? pieces;
        check.Equal("pieces", pieces.Ranges.Select(r => pieces.Text.Chars.Slice(r.Start, r.Length).ToString()),
            pieces.Ranges.Select(r => pieces.Text.Original(r.Start, r.Length)).InCodePoints(normalized));
    }

    private static void Encodings(Check check, HfTokenizer tokenizer, string text)
    {
        var plain = tokenizer.EncodeFully(text, addSpecialTokens: false, truncateAndPad: true);
        check.Equal("ids", plain.Ids);
        check.Equal("offsets", plain.Offsets.InCodePoints(text));
        if (check.Has("tokens"))
            check.Equal("tokens", plain.Tokens);
        if (check.Has("decoded"))
            check.Equal("decoded", tokenizer.Decode(plain.Ids, skipSpecialTokens: false));
        if (!check.Has("special_ids"))
        {
            check.Same("ids without offsets", plain.Ids, tokenizer.Encode(text, addSpecialTokens: false));
            return;
        }
        var special = tokenizer.EncodeFully(text, addSpecialTokens: true, truncateAndPad: true);
        check.Equal("special_ids", special.Ids);
        check.Equal("special_offsets", special.Offsets.InCodePoints(text));
        check.Equal("special_type_ids", special.TypeIds);
        check.Equal("special_mask", special.SpecialTokensMask.Select(b => b ? 1 : 0));
        check.Equal("attention_mask", special.AttentionMask.Select(b => b ? 1 : 0));
        check.Same("ids without offsets", tokenizer.EncodeFully(text).Ids, tokenizer.Encode(text, addSpecialTokens: true));
        if (check.Has("overflowing"))
            check.Lists("overflowing", special.Overflowing.Select(o => o.Ids));
        Pair(check, tokenizer, text);
    }

    private static void Pair(Check check, HfTokenizer tokenizer, string text)
    {
        if (!check.Has("pair"))
            return;
        var pair = check.Text("pair");
        if (check.Has("pair_error"))
        {
            Assert.Throws<TokenizationException>(() => tokenizer.EncodeFully(text, pair, truncateAndPad: true));
            return;
        }
        var both = tokenizer.EncodeFully(text, pair, truncateAndPad: true);
        check.Equal("pair_ids", both.Ids);
        check.Equal("pair_type_ids", both.TypeIds);
        if (!check.Has("pair_offsets"))
            return;
        // Offsets count in the text that a token comes from; where the two differ in surrogates the second is told by its type.
        var expected = check.Offsets("pair_offsets");
        var inFirst = both.Offsets.Select(o => o.End <= text.Length ? new[] { o }.InCodePoints(text)[0] : default).ToArray();
        var inSecond = both.Offsets.Select(o => o.End <= pair.Length ? new[] { o }.InCodePoints(pair)[0] : default).ToArray();
        for (var i = 0; i < expected.Length; i++)
            check.Either($"pair_offsets[{i}]", expected[i], inFirst[i], inSecond[i]);
    }
}
