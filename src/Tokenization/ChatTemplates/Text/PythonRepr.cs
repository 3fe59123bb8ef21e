using System.Globalization;
using System.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Python's <c>repr</c> of strings: quoted, with escapes for what does not print.</summary>
internal static class PythonRepr
{
    /// <summary>For messages of errors, where origins do not matter.</summary>
    public static string Of(string text)
    {
        var quote = Quote(text);
        var quoted = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
            quoted.Append(Escape(rune, quote) ?? rune.ToString());
        return quoted.Append(quote).ToString();
    }

    public static void Write(StringValue value, TextBuilder output, Origin quotes)
    {
        var text = value.Text;
        var quote = Quote(text);
        output.Append(quote, quotes);
        var copied = 0;
        for (var i = 0; i < text.Length;)
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isRune ? rune.Utf16SequenceLength : 1;
            var escape = isRune ? Escape(rune, quote) : $"\\u{(int)text[i]:x4}";
            if (escape is not null)
            {
                output.Append(value, copied, i - copied).Append(escape, value.OriginAt(i));
                copied = i + length;
            }
            i += length;
        }
        output.Append(value, copied, text.Length - copied).Append(quote, quotes);
    }

    private static char Quote(string text) =>
        text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';

    private static string? Escape(Rune rune, char quote) => rune.Value switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        var c when c == quote => $"\\{quote}",
        > ' ' and < 0x7F or ' ' => null,
        var c when c != 0x7F && c >= 0xA0 && PythonCharacter.IsPrintable(rune) => null,
        < 0x100 and var c => $"\\x{c.ToString("x2", CultureInfo.InvariantCulture)}",
        < 0x10000 and var c => $"\\u{c.ToString("x4", CultureInfo.InvariantCulture)}",
        var c => $"\\U{c.ToString("x8", CultureInfo.InvariantCulture)}",
    };
}
