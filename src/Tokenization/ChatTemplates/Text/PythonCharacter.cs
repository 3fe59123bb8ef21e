using System.Globalization;
using System.Text;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Classes of characters as Python's <c>str</c> methods see them.</summary>
internal static class PythonCharacter
{
    /// <summary>str.isspace: Unicode white space and the four information separators.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static bool IsIdentifierPart(char c) => c == '_' || char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;

    /// <summary>What repr writes as it is: everything but controls, formats, surrogates, private use, unassigned and separators; the space is.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    public static bool IsLineBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';

    public static bool IsAlpha(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Decimal digits, and superscripts and the like that stand for one digit.</summary>
    public static bool IsDigit(Rune rune) => IsDecimal(rune)
        || rune.IsBmp && CharUnicodeInfo.GetDigitValue((char)rune.Value) >= 0
        || !rune.IsBmp && CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0;

    public static bool IsNumeric(Rune rune) => Rune.GetNumericValue(rune) != -1;

    /// <summary>Cased and upper: Lu, and Other_Uppercase (the circled and Roman capitals).</summary>
    public static bool IsUpper(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter
        || rune.Value is (>= 0x2160 and <= 0x216F) or (>= 0x24B6 and <= 0x24CF) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>Cased and lower: Ll, and the common part of Other_Lowercase.</summary>
    public static bool IsLower(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2B0 and <= 0x2B8) or (>= 0x2170 and <= 0x217F) or (>= 0x24D0 and <= 0x24E9);

    public static bool IsCased(Rune rune) => IsUpper(rune) || IsLower(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    /// <summary>Characters that the final-sigma rule looks through.</summary>
    public static bool IsCaseIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xA8 or 0xAD or 0xAF or 0xB4 or 0xB7 or 0xB8 or 0x2019
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
