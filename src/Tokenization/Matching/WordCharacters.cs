using System.Globalization;
using System.Text;

namespace Hone.Tokenization.Matching;

/// <summary>What <c>\w</c> means: letters, marks, decimal and letter numbers, connectors, and the circled letters, which are symbols.</summary>
internal static class WordCharacters
{
    /// <summary>Oniguruma's <c>\w</c> as the inside of a .NET character class; it also has the superscript digits and fractions of Latin-1.</summary>
    public const string OnigurumaClass = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u00B2\u00B3\u00B9\u00BC-\u00BE";

    /// <summary>Circled and squared letters: alphabetic, though their category is symbol.</summary>
    public static bool IsLetterLikeSymbol(int c) =>
        c is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>The <c>\w</c> of the Whitespace pre-tokenizer and of single_word: with the two joiners.</summary>
    public static bool Contains(Rune rune) => rune.Value is 0x200C or 0x200D || IsLetterLikeSymbol(rune.Value) || Rune.GetUnicodeCategory(rune) is
        <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
