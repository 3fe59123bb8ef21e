using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>HTML escaping. Markup is escaped already.</summary>
internal static class Escaping
{
    public static StringValue Escape(StringValue value, Budget budget) => value.IsMarkup ? value : ForceEscape(value, budget);

    public static StringValue ForceEscape(StringValue value, Budget budget)
    {
        var text = value.Text;
        var output = new TextBuilder(budget);
        var copied = 0;
        for (var i = text.AsSpan().IndexOfAny("&<>'\""); i >= 0 && i < text.Length; i++)
        {
            if (Entity(text[i]) is not { } entity)
                continue;
            output.Append(value, copied, i - copied).Append(entity, value.OriginAt(i));
            copied = i + 1;
        }
        return output.Append(value, copied, text.Length - copied).ToValue().AsMarkup();
    }

    private static string? Entity(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&#39;",
        '"' => "&#34;",
        _ => null,
    };
}
