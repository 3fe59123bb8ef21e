using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>The <c>Digits</c> pre-tokenizer: numbers one by one or in runs. Its table is Unicode 17's, one version newer than that of expressions.</summary>
internal sealed class DigitsScanner(bool individual) : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && NumberAt(text, end) is > 0 and var length)
        {
            end += length;
            if (individual)
                break;
        }
        return end > at ? end : -1;
    }

    protected override int Candidate(ReadOnlySpan<char> text, int at) => NumberScanner.NextNumber(text, at);

    private static int NumberAt(ReadOnlySpan<char> text, int at)
    {
        if ((CharClasses.At(text, at, out var length) & CharClass.Number) != 0)
            return length;
        return length == 2 && char.ConvertToUtf32(text[at], text[at + 1]) is (>= 0x11DE0 and <= 0x11DE9) or (>= 0x16FF4 and <= 0x16FF6) ? 2 : 0;
    }
}
