namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>What follows a tag: its sign decides which whitespace after it is dropped.</summary>
internal static class TagEnd
{
    /// <summary>Reads <c>keyword %}</c>, <c>keyword -%}</c> or <c>keyword +%}</c>; the cursor then stands behind it.</summary>
    public static bool TryReadKeyword(SourceText source, string keyword, out char sign)
    {
        sign = '\0';
        source.SkipSpace();
        if (!source.StartsWith(keyword))
            return false;
        source.Index += keyword.Length;
        source.SkipSpace();
        return TryRead(source, "%}", out sign);
    }

    /// <summary>Reads the closing delimiter with its optional sign.</summary>
    public static bool TryRead(SourceText source, string delimiter, out char sign)
    {
        sign = source.Peek(0) is '-' or '+' ? source.Peek(0) : '\0';
        if (sign != '\0')
            source.Index++;
        if (source.StartsWith(delimiter))
        {
            source.Index += delimiter.Length;
            return true;
        }
        if (sign != '\0')
            source.Index--;
        return false;
    }

    /// <summary>Drops what the sign asks for: all space after <c>-</c>, nothing after <c>+</c>, else one newline after a block.</summary>
    public static void SkipAfter(SourceText source, char sign, bool isBlock)
    {
        if (sign == '-')
            source.SkipSpace();
        else if (sign != '+' && isBlock && source.Peek(0) == '\n')
            source.Index++;
    }
}
