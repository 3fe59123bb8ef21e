using System.Text;
using Hone.Tokenization.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Normalizers;

/// <summary>BERT's cleaning: control characters, spaces around Chinese characters, accents, case; each step can be switched.</summary>
internal sealed class BertNormalizer(bool cleanText, bool handleChineseChars, bool stripAccents, bool lowercase) : INormalizer
{
    private readonly SequenceNormalizer _steps = new(
    [
        .. cleanText ? [new CleanText()] : Array.Empty<INormalizer>(),
        .. handleChineseChars ? [new SpaceChinese()] : Array.Empty<INormalizer>(),
        .. stripAccents ? [UnicodeNormalizer.Nfd, new DropNonSpacingMarks()] : Array.Empty<INormalizer>(),
        .. lowercase ? [LowercaseNormalizer.Instance] : Array.Empty<INormalizer>(),
    ]);

    public AlignedText Normalize(AlignedText text) => _steps.Normalize(text);

    private sealed class CleanText : CharacterNormalizer
    {
        private static readonly Lazy<CodePointSet> Removed = new(() => UnicodeResource.Class("BertNormalizer_clean_text_removed"));

        protected override void Map(Rune rune, Output output)
        {
            if (rune.Value is > 0x20 and < 0x7F)
                output.Add(rune);
            else if (rune.Value is '\t' or '\n' or '\r' or ' ')
                output.Add(' ');
            else if (rune.Value == 0xFFFD || Removed.Value.Contains(rune.Value))
                return;
            else if (Rune.IsWhiteSpace(rune))
                output.Add(' ');
            else
                output.Add(rune);
        }
    }

    private sealed class SpaceChinese : CharacterNormalizer
    {
        protected override void Map(Rune rune, Output output)
        {
            var chinese = IsChinese(rune.Value);
            if (chinese)
                output.Add(' ');
            output.Add(rune);
            if (chinese)
                output.Add(' ');
        }

        // The ranges of BERT's original code; U+2B820 to U+2B91F are missing from it and so from everyone's.
        private static bool IsChinese(int c) => c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
            or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
    }

    private sealed class DropNonSpacingMarks : CharacterNormalizer
    {
        private static readonly Lazy<CodePointSet> Marks = new(() => UnicodeResource.Class("BertNormalizer_marks"));

        protected override void Map(Rune rune, Output output)
        {
            if (rune.Value < 0x300 || !Marks.Value.Contains(rune.Value))
                output.Add(rune);
        }
    }
}
