namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Python's strings are sequences of code points; ours are UTF-16. A lone surrogate counts as one.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = NextHigh(text, 0); i >= 0; i = NextHigh(text, i + 1))
        {
            if (LengthAt(text, i) == 2)
                count--;
        }
        return count;
    }

    public static int LengthAt(string text, int index) =>
        index + 1 < text.Length && char.IsHighSurrogate(text[index]) && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;

    public static int Offset(string text, int codePoint)
    {
        var offset = 0;
        for (; codePoint > 0 && offset < text.Length; codePoint--)
            offset += LengthAt(text, offset);
        return offset;
    }

    /// <summary>How many code points lie before that UTF-16 offset.</summary>
    public static int CountBefore(string text, int offset)
    {
        var count = 0;
        for (var i = 0; i < offset; i += LengthAt(text, i))
            count++;
        return count;
    }

    private static int NextHigh(string text, int from)
    {
        var found = text.AsSpan(from).IndexOfAnyInRange('\uD800', '\uDBFF');
        return found < 0 ? -1 : found + from;
    }
}
