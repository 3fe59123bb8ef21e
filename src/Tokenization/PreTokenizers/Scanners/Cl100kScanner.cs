using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>
/// Llama 3 (numbers of up to three digits) and Qwen 2 (of one):
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
internal sealed class Cl100kScanner(int maxDigits) : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        if (Contraction(text, at, ignoreCase: true) is > 0 and var contraction)
            return contraction;
        var kind = CharClasses.At(text, at, out var length);
        if ((kind & CharClass.Letter) != 0)
            return RunOf(CharClass.Letter, text, at + length);
        if ((kind & CharClass.Number) != 0)
            return NumberScanner.Run(text, at, maxDigits);
        if ((kind & CharClass.LineBreak) == 0 && Has(CharClass.Letter, text, at + length))
            return RunOf(CharClass.Letter, text, at + length);
        var start = text[at] == ' ' ? at + 1 : at;
        var end = RunWithout(CharClass.Space | CharClass.Letter | CharClass.Number, text, start);
        return end > start ? RunOf(CharClass.LineBreak, text, end) : Whitespace(text, at, linesFirst: true);
    }
}
