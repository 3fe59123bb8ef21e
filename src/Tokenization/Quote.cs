namespace Hone.Tokenization;

/// <summary>Shows a text from a file in an error: in quotes, cut, control characters as codes.</summary>
internal static class Quote
{
    private const int Limit = 40;

    public static string Of(string text)
    {
        var shown = text.Length > Limit ? text[..Limit] + "…" : text;
        return "\"" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:X4}" : c.ToString())) + "\"";
    }
}
