using Hone.Tokenization.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>
/// A splitting expression written out by hand: its matches are isolated, and what it does not match in between is a piece too.
/// The same as a <see cref="PatternSplitter"/> with the expression, at many times its speed.
/// </summary>
internal abstract class ScanningSplitter : Splitter
{
    public override void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output)
    {
        var gap = 0;
        for (var at = 0; (at = Candidate(text, at)) < text.Length;)
        {
            var end = Match(text, at);
            if (end < 0)
            {
                at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                continue;
            }
            if (gap < at)
                output.Add(new(offset + gap, at - gap));
            output.Add(new(offset + at, end - at));
            gap = at = end;
        }
        if (gap < text.Length)
            output.Add(new(offset + gap, text.Length - gap));
    }

    /// <summary>The next position, from one on, where a match may begin: for expressions that match little of a text.</summary>
    protected virtual int Candidate(ReadOnlySpan<char> text, int at) => at;

    /// <summary>The end of the match that begins at a position, or −1. Never empty.</summary>
    protected abstract int Match(ReadOnlySpan<char> text, int at);

    /// <summary>The end of the run of characters from a position on that have one of some properties.</summary>
    protected static int RunOf(CharClass any, ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (CharClasses.At(text, at, out var length) & any) != 0)
            at += length;
        return at;
    }

    /// <summary>The end of the run of characters from a position on that have none of some properties.</summary>
    protected static int RunWithout(CharClass none, ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (CharClasses.At(text, at, out var length) & none) == 0)
            at += length;
        return at;
    }

    protected static bool Has(CharClass any, ReadOnlySpan<char> text, int at) =>
        at < text.Length && (CharClasses.At(text, at, out _) & any) != 0;

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d</c>, in either case or (as in GPT-2) only in lower case; its end or −1.</summary>
    protected static int Contraction(ReadOnlySpan<char> text, int at, bool ignoreCase)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
            return -1;
        var first = Fold(text[at + 1], ignoreCase);
        if (first is 's' or 't' or 'm' or 'd')
            return at + 2;
        if (at + 2 >= text.Length)
            return -1;
        var second = Fold(text[at + 2], ignoreCase);
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? at + 3 : -1;
    }

    // The long s is the one character beyond ASCII that folds to a letter of the contractions.
    private static char Fold(char c, bool ignoreCase) =>
        !ignoreCase ? c : c == '\u017F' ? 's' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    /// <summary><c>\s*[\r\n]+</c> if wanted, then <c>\s+(?!\S)</c>, then <c>\s+</c>; −1 where no white space stands.</summary>
    protected static int Whitespace(ReadOnlySpan<char> text, int at, bool linesFirst)
    {
        var end = RunOf(CharClass.Space, text, at);
        if (end == at)
            return -1;
        if (linesFirst && text[at..end].LastIndexOfAny('\r', '\n') is >= 0 and var line)
            return at + line + 1;
        // All but the last one, which belongs to the word that follows it.
        return end == text.Length || end - at == 1 ? end : end - 1;
    }
}
