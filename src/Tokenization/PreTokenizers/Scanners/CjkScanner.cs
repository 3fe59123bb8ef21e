namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary>DeepSeek V3's second split: runs of <c>[一-龥\u3040-ゟ゠-ヿ]</c>.</summary>
internal sealed class CjkScanner : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] is (>= '\u4E00' and <= '\u9FA5') or (>= '\u3040' and <= '\u30FF'))
            end++;
        return end > at ? end : -1;
    }
}
