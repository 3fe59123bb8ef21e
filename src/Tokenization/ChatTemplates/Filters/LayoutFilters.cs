using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that pad, indent, cut and wrap.</summary>
internal static class LayoutFilters
{
    public static Filter[] All { get; } =
    [
        new("center", Parameters.Of(0, "width"), (context, value, arguments) => Padding.Center(value.ToText(context), arguments.Int(0, 80), ' ', context.Budget)),
        new("indent", Parameters.Of(0, "width", "first", "blank"), Indent),
        new("truncate", Parameters.Of(0, "length", "killwords", "end", "leeway"), Truncate),
        new("wordwrap", Parameters.Of(0, "width", "break_long_words", "wrapstring", "break_on_hyphens"), WordWrap.Apply),
    ];

    private static StringValue Indent(RenderContext context, Value value, BoundArguments arguments)
    {
        var text = RequireText(value);
        var indention = arguments[0] is StringValue given ? given : new TextBuilder(context.Budget).Repeat(' ', arguments.Int(0, 4)).ToValue();
        var (first, blank) = (arguments.Flag(1), arguments.Flag(2));
        var lines = LineSplitting.Split(text, keepEnds: false);
        if (text.Text.Length == 0 || text.Text[^1] != '\r' && PythonCharacter.IsLineBreak(text.Text[^1]))
            lines.Add(StringValue.Empty); // the reference appends a newline before it splits
        var output = new TextBuilder(context.Budget);
        for (var i = 0; i < lines.Count; i++)
        {
            context.Budget.Step();
            if (i > 0)
                output.Append("\n");
            if (i == 0 ? first : blank || lines[i].IsTrue)
                output.Append(indention);
            output.Append(lines[i]);
        }
        return output.ToValue().AsMarkup(text.IsMarkup);
    }

    private static Value Truncate(RenderContext context, Value value, BoundArguments arguments)
    {
        var (length, end, leeway) = (arguments.Int(0, 255), arguments.Text(2, new StringValue("...")), arguments.IntOrNone(3) ?? 5);
        if (length < end.Length)
            throw ChatTemplateException.Runtime($"expected length >= {end.Length}, got {length}");
        if (leeway < 0)
            throw ChatTemplateException.Runtime($"expected leeway >= 0, got {leeway}");
        if ((value.Length ?? throw ChatTemplateException.Runtime($"object of type '{value.TypeName}' has no len()")) <= (long)length + leeway)
            return value;
        var text = RequireText(value);
        var cut = text.Substring(0, text.OffsetOf(length - end.Length!.Value));
        if (!arguments.Flag(1) && cut.Text.LastIndexOf(' ') is >= 0 and var space)
            cut = cut.Substring(0, space);
        return new TextBuilder(context.Budget).Append(cut).Append(end).ToValue();
    }

    /// <summary>Undefined counts as the empty text, anything else but a string is an error.</summary>
    public static StringValue RequireText(Value value) => value switch
    {
        StringValue text => text,
        UndefinedValue undefined => throw undefined.Error,
        _ => throw ChatTemplateException.Runtime($"a str is needed, not '{value.TypeName}'"),
    };
}
