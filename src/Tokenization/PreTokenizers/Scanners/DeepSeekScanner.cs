using System.Buffers;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>
/// DeepSeek V3's third split: <c>[ASCII punctuation][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// Lone numbers and control characters are matched by nothing.
/// </summary>
internal sealed class DeepSeekScanner : ScanningSplitter
{
    private const CharClass Word = CharClass.Letter | CharClass.Mark;

    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (IsAsciiPunctuation(c) && at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]))
        {
            var letters = text[(at + 1)..].IndexOfAnyExcept(AsciiLetters);
            return letters < 0 ? text.Length : at + 1 + letters;
        }
        var kind = CharClasses.At(text, at, out var length);
        if ((kind & (CharClass.Letter | CharClass.Punctuation | CharClass.LineBreak)) == 0 && Has(Word, text, at + length))
            return RunOf(Word, text, at + length);
        if ((kind & Word) != 0)
            return RunOf(Word, text, at);
        var start = c == ' ' ? at + 1 : at;
        var end = RunOf(CharClass.Punctuation, text, start);
        return end > start ? RunOf(CharClass.LineBreak, text, end) : Whitespace(text, at, linesFirst: true);
    }

    private static readonly SearchValues<char> AsciiLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static bool IsAsciiPunctuation(char c) => c is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
}
