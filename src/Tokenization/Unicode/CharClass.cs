using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hone.Tokenization.Unicode;

/// <summary>The properties of a character that the known splitting expressions ask for, one bit each.</summary>
[Flags]
internal enum CharClass : byte
{
    None = 0,
    Letter = 1,         // \p{L}
    Number = 2,         // \p{N}
    Space = 4,          // \s, the White_Space property
    LineBreak = 8,      // \r \n
    Upper = 16,         // \p{Lu} \p{Lt} \p{Lm} \p{Lo} \p{M}
    Lower = 32,         // \p{Ll} \p{Lm} \p{Lo} \p{M}
    Mark = 64,          // \p{M}
    Punctuation = 128,  // \p{P} \p{S}
}

/// <summary>Looks characters up by position in UTF-16 text.</summary>
internal static class CharClasses
{
    private static readonly CharClass[] Bmp = [.. Enumerable.Range(0, 0x10000).Select(Compute)];

    /// <summary>The class of the character at a position, and its length in UTF-16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        if (!char.IsHighSurrogate(c) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
            return Bmp[c];
        length = 2;
        return Compute(char.ConvertToUtf32(c, text[at + 1]));
    }

    /// <summary>The class of a UTF-16 unit, alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharClass Of(char c) => Bmp[c];

    private static CharClass Compute(int codePoint)
    {
        var result = CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharClass.Letter | CharClass.Upper,
            UnicodeCategory.LowercaseLetter => CharClass.Letter | CharClass.Lower,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharClass.Letter | CharClass.Upper | CharClass.Lower,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                => CharClass.Mark | CharClass.Upper | CharClass.Lower,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharClass.Number,
            >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol => CharClass.Punctuation,
            _ => CharClass.None,
        };
        if (codePoint < 0x10000 && char.IsWhiteSpace((char)codePoint))
            result |= CharClass.Space;
        if (codePoint is '\r' or '\n')
            result |= CharClass.LineBreak;
        return result;
    }
}
