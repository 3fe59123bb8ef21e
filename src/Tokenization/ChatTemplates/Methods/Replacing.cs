using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

internal static class Replacing
{
    /// <param name="count">At most that many replacements; negative for all.</param>
    public static StringValue Replace(StringValue value, StringValue old, StringValue replacement, int count, Budget budget)
    {
        if (value.IsMarkup)
            replacement = Escaping.Escape(replacement, budget);
        var output = new TextBuilder(budget);
        var text = value.Text;
        var copied = 0;
        for (var from = 0; count != 0 && from <= text.Length && text.IndexOf(old.Text, from, StringComparison.Ordinal) is >= 0 and var found; count--)
        {
            budget.Step();
            output.Append(value, copied, found - copied).Append(replacement);
            copied = found + old.Text.Length;
            // between any two characters lies an empty string
            from = old.Text.Length > 0 ? copied : found < text.Length ? found + CodePoints.LengthAt(text, found) : text.Length + 1;
        }
        return output.Append(value, copied, text.Length - copied).ToValue().AsMarkup(value.IsMarkup);
    }
}
