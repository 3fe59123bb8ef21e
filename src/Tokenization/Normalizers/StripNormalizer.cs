using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Removes white space at the ends.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        var chars = text.Chars;
        var start = 0;
        var end = chars.Length;
        while (left && start < end && char.IsWhiteSpace(chars[start]))
            start++;
        while (right && end > start && char.IsWhiteSpace(chars[end - 1]))
            end--;
        if (start == 0 && end == chars.Length)
            return text;
        var result = AlignedText.Empty(end - start, text.OriginalStart);
        result.AppendFrom(text, start, end - start);
        return result;
    }
}
