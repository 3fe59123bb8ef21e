namespace Hone.Tokenization.Models;

/// <summary>Byte positions in the UTF-8 form of a UTF-16 text.</summary>
internal static class Utf8Spans
{
    /// <summary>The bytes of UTF-8 that a UTF-16 unit adds: 1, 2 or 3; each half of a surrogate pair 2.</summary>
    public static int Length(char unit) => unit < 0x80 ? 1 : unit < 0x800 || char.IsSurrogate(unit) ? 2 : 3;

    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var unit in text)
            length += Length(unit);
        return length;
    }

    /// <summary>For each byte of a text's UTF-8 form the UTF-16 unit that it belongs to.</summary>
    public static int[] UnitOfByte(ReadOnlySpan<char> text)
    {
        var units = new int[Length(text)];
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            for (var n = Length(text[i]); n > 0; n--)
                units[at++] = i;
        }
        return units;
    }
}
