using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>GPT-2: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.</summary>
internal sealed class Gpt2Scanner : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        if (Contraction(text, at, ignoreCase: false) is > 0 and var end)
            return end;
        var start = text[at] == ' ' ? at + 1 : at;
        if (start < text.Length)
        {
            var kind = CharClasses.At(text, start, out _);
            if ((kind & CharClass.Letter) != 0)
                return RunOf(CharClass.Letter, text, start);
            if ((kind & CharClass.Number) != 0)
                return RunOf(CharClass.Number, text, start);
            if ((kind & CharClass.Space) == 0)
                return RunWithout(CharClass.Space | CharClass.Letter | CharClass.Number, text, start);
        }
        return Whitespace(text, at, linesFirst: false);
    }
}
