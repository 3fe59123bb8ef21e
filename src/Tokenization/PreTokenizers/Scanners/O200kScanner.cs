using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>
/// gpt-oss (o200k). With U = <c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c> and L = <c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>, which overlap:
/// <c>[^\r\n\p{L}\p{N}]?U*L+(?i:'s|…)?|[^\r\n\p{L}\p{N}]?U+L*(?i:'s|…)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
internal sealed class O200kScanner : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var kind = CharClasses.At(text, at, out var length);
        var prefix = (kind & (CharClass.Letter | CharClass.Number | CharClass.LineBreak)) == 0;
        var word = prefix ? EndsLower(text, at + length) : -1;
        if (word < 0)
            word = EndsLower(text, at);
        if (word < 0 && prefix)
            word = StartsUpper(text, at + length);
        if (word < 0)
            word = StartsUpper(text, at);
        if (word >= 0)
            return Contraction(text, word, ignoreCase: true) is > 0 and var contraction ? contraction : word;
        if ((kind & CharClass.Number) != 0)
            return NumberScanner.Run(text, at, 3);
        var start = text[at] == ' ' ? at + 1 : at;
        var end = RunWithout(CharClass.Space | CharClass.Letter | CharClass.Number, text, start);
        if (end == start)
            return Whitespace(text, at, linesFirst: true);
        while (end < text.Length && text[end] is '\r' or '\n' or '/')
            end++;
        return end;
    }

    // U*L+
    private static int EndsLower(ReadOnlySpan<char> text, int at)
    {
        var upper = RunOf(CharClass.Upper, text, at);
        var end = RunOf(CharClass.Lower, text, upper);
        if (end > upper)
            return end;
        // U* gives characters back until one of them is an L too; that one alone is L+ then.
        while (upper > at)
        {
            var last = upper - (upper - at > 1 && char.IsLowSurrogate(text[upper - 1]) ? 2 : 1);
            if (Has(CharClass.Lower, text, last))
                return upper;
            upper = last;
        }
        return -1;
    }

    // U+L*
    private static int StartsUpper(ReadOnlySpan<char> text, int at)
    {
        var upper = RunOf(CharClass.Upper, text, at);
        return upper > at ? RunOf(CharClass.Lower, text, upper) : -1;
    }
}
