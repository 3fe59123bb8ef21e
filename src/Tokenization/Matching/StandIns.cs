using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Matching;

/// <summary>
/// Puts one UTF-16 unit in the place of every character beyond U+FFFF: one of the same general category and of the same scripts, as
/// far as the expression names scripts, that the expression does not name itself.
/// </summary>
internal sealed class StandIns(IReadOnlyList<(int First, int Last)> named, IReadOnlyList<int> scripts)
{
    private readonly ConcurrentDictionary<(UnicodeCategory, int, bool), char> _chosen = new();

    /// <summary>The text with stand-ins, and for each of its positions (its end included) the one in the text given; null: the same.</summary>
    public (string Text, int[]? Positions) Replace(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
            return (text.ToString(), null);
        var result = new StringBuilder(text.Length);
        var positions = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            positions.Add(at);
            result.Append(rune.IsBmp ? (char)rune.Value : _chosen.GetOrAdd(Kind(rune.Value), Choose));
            at += length;
        }
        positions.Add(text.Length);
        return (result.ToString(), [.. positions]);
    }

    private (UnicodeCategory Category, int Script, bool Word) Kind(int c)
    {
        var script = Scripts.Of(c);
        return (CharUnicodeInfo.GetUnicodeCategory(c), scripts.Contains(script) ? script : Scripts.Any, WordCharacters.IsLetterLikeSymbol(c));
    }

    private char Choose((UnicodeCategory Category, int Script, bool Word) kind)
    {
        // Not from ASCII and Latin-1, whose letters and numbers expressions single out in classes and by folding.
        var candidates = Enumerable.Range(0x100, 0xD800 - 0x100).Concat(Enumerable.Range(0xE000, 0x2000))
            .Where(c => !named.Any(r => r.First <= c && c <= r.Last));
        // Some scripts have a category beyond U+FFFF only; an expression that names the script cares about that first.
        var best = candidates.Where(c => Kind(c) == kind).Select(c => (int?)c).FirstOrDefault()
            ?? candidates.Where(c => Kind(c).Script == kind.Script).Select(c => (int?)c).FirstOrDefault();
        return (char)(best ?? throw new TokenizationException($"No stand-in for characters of category {kind.Category} beyond U+FFFF in the tokenizer's expression."));
    }
}
