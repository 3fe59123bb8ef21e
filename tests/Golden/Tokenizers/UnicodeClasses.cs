using System.Text;
using System.Text.Json;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PreTokenizers;
using Hone.Tokenization.PreTokenizers.Scanners;
using Hone.Tokenization.Text;

namespace Hone.Golden.Tokenizers;

/// <summary>The character classes of the reference library and its expression engine, over all code points.</summary>
public class UnicodeClasses
{
    private static readonly int[] All = [.. Enumerable.Range(0, 0x110000).Where(c => c is < 0xD800 or > 0xDFFF)];

    [Fact]
    public void ExpressionClasses()
    {
        foreach (var entry in TokenizerGoldens.Json("unicode.json.gz").GetProperty("regex_classes").EnumerateObject())
            AssertSame(entry.Name, Set(entry.Value), MatchedBy(new RegexPattern(entry.Name, entry.Name)));
    }

    [Fact]
    public void CaseOfContractions()
    {
        foreach (var entry in TokenizerGoldens.Json("unicode.json.gz").GetProperty("case_folding_of_contractions").EnumerateObject())
        {
            var expected = entry.Value.EnumerateArray().Select(c => char.ConvertToUtf32(c.GetString()!, 0)).ToHashSet();
            AssertSame(entry.Name, expected, MatchedBy(new RegexPattern($"(?i:{entry.Name})", entry.Name)));
        }
    }

    [Fact]
    public void Splitters()
    {
        var sets = TokenizerGoldens.Json("unicode.json.gz").GetProperty("library_sets");
        AssertSame("Punctuation", Set(sets.GetProperty("Punctuation")), Isolated(CharacterSplits.Punctuation(SplitBehavior.Isolated)));
        AssertSame("Digits", Set(sets.GetProperty("Digits")), Isolated(new DigitsScanner(individual: true)));
        AssertSame("WhitespaceSplit", Set(sets.GetProperty("WhitespaceSplit_separators")), [.. All.Where(c => Rune.IsWhiteSpace(new(c)))]);
        AssertSame("Whitespace", Set(sets.GetProperty("Whitespace_word_characters")), [.. All.Where(c => WordCharacters.Contains(new(c)))]);
    }

    [Fact]
    public void Normalizers()
    {
        var sets = TokenizerGoldens.Json("unicode.json.gz").GetProperty("library_sets");
        AssertSame("StripAccents", Set(sets.GetProperty("StripAccents_removed")), Becoming(new StripAccentsNormalizer(), _ => ""));
        AssertSame("Nmt removed", Set(sets.GetProperty("Nmt_removed")), Becoming(new NmtNormalizer(), _ => ""));
        AssertSame("Nmt to space", [.. Set(sets.GetProperty("Nmt_to_space"))], [.. Becoming(new NmtNormalizer(), _ => " ").Where(c => c != ' ')]);
        var clean = new BertNormalizer(cleanText: true, handleChineseChars: false, stripAccents: false, lowercase: false);
        AssertSame("Bert removed", Set(sets.GetProperty("BertNormalizer_clean_text_removed")), Becoming(clean, _ => ""));
        AssertSame("Bert to space", Set(sets.GetProperty("BertNormalizer_clean_text_to_space")), Becoming(clean, _ => " "));
        var chinese = new BertNormalizer(cleanText: false, handleChineseChars: true, stripAccents: false, lowercase: false);
        AssertSame("Bert Chinese", Set(sets.GetProperty("BertNormalizer_chinese_chars")), Becoming(chinese, c => $" {c} "));
    }

    [Fact]
    public void LowercaseOfTheNewestLetters()
    {
        foreach (var entry in TokenizerGoldens.Json("unicode.json.gz").GetProperty("lowercase_differences").EnumerateObject())
        {
            var letter = char.ConvertFromUtf32(Convert.ToInt32(entry.Name, 16));
            Assert.Equal(entry.Value[0].GetString(), Apply(LowercaseNormalizer.Instance, letter));
        }
    }

    [Fact]
    public void NormalizationOfTheNewestLetters()
    {
        var forms = new Dictionary<string, UnicodeNormalizer>
        {
            ["NFC"] = UnicodeNormalizer.Nfc,
            ["NFD"] = UnicodeNormalizer.Nfd,
            ["NFKC"] = UnicodeNormalizer.Nfkc,
            ["NFKD"] = UnicodeNormalizer.Nfkd,
        };
        foreach (var form in TokenizerGoldens.Json("unicode.json.gz").GetProperty("normalization_differences").EnumerateObject())
        {
            foreach (var entry in form.Value.EnumerateObject())
                Assert.Equal(entry.Value[0].GetString(), Apply(forms[form.Name], char.ConvertFromUtf32(Convert.ToInt32(entry.Name, 16))));
        }
    }

    private static string Apply(INormalizer normalizer, string text) => normalizer.Normalize(AlignedText.FromOriginal(text, 0)).Chars.ToString();

    private static HashSet<int> Becoming(INormalizer normalizer, Func<string, string> expected) =>
        [.. All.Where(c => char.ConvertFromUtf32(c) is var text && Apply(normalizer, text) == expected(text))];

    private static HashSet<int> MatchedBy(RegexPattern pattern)
    {
        var text = string.Concat(All.Select(char.ConvertFromUtf32));
        return [.. pattern.Matches(text).Where(m => m.IsMatch).SelectMany(m => text.Substring(m.Range.Start, m.Range.Length).EnumerateRunes()).Select(r => r.Value)];
    }

    private static HashSet<int> Isolated(Splitter splitter)
    {
        // Between two letters a character of the class is a piece of its own.
        var found = new HashSet<int>();
        var ranges = new List<TextRange>();
        foreach (var c in All)
        {
            ranges.Clear();
            splitter.Split($"a{char.ConvertFromUtf32(c)}a", 0, ranges);
            if (ranges.Count == 3)
                found.Add(c);
        }
        return found;
    }

    private static HashSet<int> Set(JsonElement ranges) =>
        [.. ranges.EnumerateArray().SelectMany(r => Enumerable.Range(r[0].GetInt32(), r[1].GetInt32() - r[0].GetInt32() + 1)).Where(c => c is < 0xD800 or > 0xDFFF)];

    private static void AssertSame(string name, HashSet<int> expected, HashSet<int> actual)
    {
        var missing = expected.Except(actual).Take(8).Select(c => $"U+{c:X4}");
        var extra = actual.Except(expected).Take(8).Select(c => $"U+{c:X4}");
        Assert.True(expected.SetEquals(actual), $"{name}: missing {string.Join(' ', missing)}; too many {string.Join(' ', extra)}");
    }
}
