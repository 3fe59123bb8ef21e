namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>DeepSeek V3's second split: runs of <c>[一-龥\u3040-ゟ゠-ヿ]</c>.</summary>
internal sealed class CjkScanner : ScanningSplitter
{
    protected override int Candidate(ReadOnlySpan<char> text, int at) =>
        text[at..].IndexOfAnyInRange('\u3040', '\u9FA5') is >= 0 and var found ? at + found : text.Length;

    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] is (>= '\u4E00' and <= '\u9FA5') or (>= '\u3040' and <= '\u30FF'))
            end++;
        return end > at ? end : -1;
    }
}
