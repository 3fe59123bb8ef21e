using Hone.Tokenization.Matching;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Replaces every match by a text, taken literally; it is aligned with the last character of the match.</summary>
internal sealed class ReplaceNormalizer(IPattern pattern, string content) : INormalizer
{
    public IPattern Pattern => pattern;

    public string Content => content;

    public AlignedText Normalize(AlignedText text) => Replace(text, pattern, content);

    public static AlignedText Replace(AlignedText text, IPattern pattern, string content)
    {
        var matches = pattern.Matches(text.Chars);
        if (matches.TrueForAll(m => !m.IsMatch))
            return text;
        var result = AlignedText.Empty(text.Length, text.OriginalStart);
        foreach (var (range, isMatch) in matches)
        {
            if (isMatch)
                result.AppendAligned(content, text, range.End);
            else
                result.AppendFrom(text, range.Start, range.Length);
        }
        return result;
    }
}
