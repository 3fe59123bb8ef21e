using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

internal static class LineSplitting
{
    /// <summary>str.splitlines: all of Unicode's line breaks; the end of the text begins no line.</summary>
    public static List<StringValue> Split(StringValue value, bool keepEnds)
    {
        var lines = new List<StringValue>();
        var text = value.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !PythonCharacter.IsLineBreak(text[end]))
                end++;
            var next = end;
            if (end < text.Length)
                next += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            lines.Add(value.Substring(start, (keepEnds ? next : end) - start));
            start = next;
        }
        return lines;
    }
}
