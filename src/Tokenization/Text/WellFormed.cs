namespace Hone.Tokenization.Text;

/// <summary>Replaces lone surrogates by U+FFFD: C# strings can hold them, UTF-8 cannot. Positions stay what they are.</summary>
internal static class WellFormed
{
    public static string Of(string text)
    {
        var at = FirstLone(text, 0);
        if (at < 0)
            return text;
        var units = text.ToCharArray();
        for (; at >= 0; at = FirstLone(units, at + 1))
            units[at] = '\uFFFD';
        return new string(units);
    }

    private static int FirstLone(ReadOnlySpan<char> text, int from)
    {
        while (true)
        {
            var found = text[from..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
                return -1;
            var at = from + found;
            if (!char.IsHighSurrogate(text[at]) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
                return at;
            from = at + 2;
        }
    }
}
