using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Puts a text before every non-empty stretch; it is aligned with the stretch's first character.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public string Prefix => prefix;

    public AlignedText Normalize(AlignedText text) => Prepend(text, prefix);

    public static AlignedText Prepend(AlignedText text, string prefix)
    {
        if (text.Length == 0)
            return text;
        var result = AlignedText.Empty(prefix.Length + text.Length, text.OriginalStart);
        foreach (var unit in prefix)
            result.AppendUnit(unit, text.StartOf(0), text.EndOf(0));
        result.AppendFrom(text, 0, text.Length);
        return result;
    }
}
