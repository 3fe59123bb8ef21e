using System.Globalization;
using System.Text;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>String literals with Python's escapes.</summary>
internal static class StringLiteral
{
    public static Token Read(SourceText source, Position position)
    {
        var text = source.Text;
        var quote = text[source.Index];
        var end = source.Index + 1;
        while (end < text.Length && text[end] != quote)
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            throw ChatTemplateException.Syntax($"unexpected char {Text.PythonRepr.Of(quote.ToString())} at {source.Index}", position);
        var raw = text[(source.Index + 1)..end];
        source.Index = end + 1;
        return new Token(TokenKind.String, raw.Contains('\\', StringComparison.Ordinal) ? Decode(raw, position) : raw, position);
    }

    private static string Decode(string raw, Position position)
    {
        var decoded = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
                decoded.Append(raw[i]);
            else
                i = DecodeEscape(raw, i + 1, decoded, position);
        }
        return decoded.ToString();
    }

    /// <summary>Decodes the escape whose letter stands at <paramref name="i"/>; returns the index of its last character.</summary>
    private static int DecodeEscape(string raw, int i, StringBuilder decoded, Position position)
    {
        switch (raw[i])
        {
            case '\n': return i;
            case '\\' or '\'' or '"': decoded.Append(raw[i]); return i;
            case 'a': decoded.Append('\a'); return i;
            case 'b': decoded.Append('\b'); return i;
            case 'f': decoded.Append('\f'); return i;
            case 'n': decoded.Append('\n'); return i;
            case 'r': decoded.Append('\r'); return i;
            case 't': decoded.Append('\t'); return i;
            case 'v': decoded.Append('\v'); return i;
            case 'x': return DecodeHex(raw, i, 2, decoded, position);
            case 'u': return DecodeHex(raw, i, 4, decoded, position);
            case 'U': return DecodeHex(raw, i, 8, decoded, position);
            case 'N':
                throw new ChatTemplateException(ChatTemplateErrorKind.Unsupported,
                    @"\N{...} escapes (characters by Unicode name) are not supported; write the character itself", position.Line, position.Column);
            case >= '0' and <= '7': return DecodeOctal(raw, i, decoded);
            default: decoded.Append('\\').Append(raw[i]); return i;
        }
    }

    private static int DecodeHex(string raw, int i, int digits, StringBuilder decoded, Position position)
    {
        if (i + digits >= raw.Length || !uint.TryParse(raw.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw ChatTemplateException.Syntax($@"truncated \{raw[i]}{new string('X', digits)} escape", position);
        if (value > 0x10FFFF)
            throw ChatTemplateException.Syntax("illegal Unicode character", position);
        if (value < 0x10000)
            decoded.Append((char)value);
        else
            decoded.Append(char.ConvertFromUtf32((int)value));
        return i + digits;
    }

    private static int DecodeOctal(string raw, int i, StringBuilder decoded)
    {
        var value = 0;
        var end = Math.Min(i + 3, raw.Length);
        for (; i < end && raw[i] is >= '0' and <= '7'; i++)
            value = value * 8 + (raw[i] - '0');
        decoded.Append((char)value);
        return i - 1;
    }
}
