using Hone.Tokenization.ChatTemplates.Formatting;
using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that change a text; what is not a string is made one first.</summary>
internal static class TextFilters
{
    public static Filter[] All { get; } =
    [
        new("upper", Parameters.None, (context, value, _) => CaseMapping.Upper(value.ToText(context), context.Budget)),
        new("lower", Parameters.None, (context, value, _) => CaseMapping.Lower(value.ToText(context), context.Budget)),
        new("capitalize", Parameters.None, (context, value, _) => CaseMapping.Capitalize(value.ToText(context), context.Budget)),
        new("title", Parameters.None, Title),
        new("trim", Parameters.Of(0, "chars"), (context, value, arguments) => Stripping.Strip(value.ToText(context), arguments[0], Sides.Both)),
        new("replace", Parameters.Of(2, "old", "new", "count"), Replace),
        new("join", Parameters.Of(0, "d", "attribute"), Join),
        new("format", Parameters.Any, Format),
        new("wordcount", Parameters.None, (context, value, _) => IntValue.Of(WordStarts(value.ToText(context).Text).Count())),
    ];

    /// <summary>Each word — what follows a blank, a hyphen or an opening bracket — begins upper and goes on lower.</summary>
    private static StringValue Title(RenderContext context, Value value, BoundArguments arguments)
    {
        var text = value.ToText(context);
        var output = new TextBuilder(context.Budget);
        for (var start = 0; start < text.Text.Length;)
        {
            var end = start + 1;
            while (end < text.Text.Length && IsTitleBreak(text.Text[end]) == IsTitleBreak(text.Text[start]))
                end++;
            var first = CodePoints.LengthAt(text.Text, start);
            output.Append(CaseMapping.Upper(text.Substring(start, first).AsMarkup(false), context.Budget))
                .Append(CaseMapping.Lower(text.Substring(start + first, end - start - first).AsMarkup(false), context.Budget));
            start = end;
        }
        return output.ToValue();
    }

    private static bool IsTitleBreak(char c) => c is '-' or '(' or '{' or '[' or '<' || PythonCharacter.IsSpace(c);

    private static StringValue Replace(RenderContext context, Value value, BoundArguments arguments) => Replacing.Replace(
        value.ToText(context).AsMarkup(false), arguments[0]!.ToText(context), arguments[1]!.ToText(context).AsMarkup(false), arguments.IntOrNone(2) ?? -1, context.Budget);

    private static StringValue Join(RenderContext context, Value value, BoundArguments arguments)
    {
        var separator = arguments[0]?.ToText(context) ?? StringValue.Empty;
        var select = arguments[1] is { } attribute and not NoneValue ? AttributePath.Getter(attribute, context) : item => item;
        var output = new TextBuilder(context.Budget);
        var isNext = false;
        foreach (var item in context.Iterate(value))
        {
            if (isNext)
                output.Append(separator);
            isNext = true;
            select(item).WriteText(output);
        }
        return output.ToValue();
    }

    private static StringValue Format(RenderContext context, Value value, BoundArguments arguments)
    {
        var (positional, named) = (arguments.All.Positional, arguments.All.Named);
        if (positional.Count > 0 && named.Count > 0)
            throw ChatTemplateException.Runtime("can't handle positional and keyword arguments at the same time");
        if (named.Count == 0)
            return PercentFormat.Apply(value.ToText(context), new TupleValue([.. positional]), context);
        var dict = new DictValue(context);
        foreach (var (name, argument) in named)
            dict.Set(new StringValue(name), argument);
        return PercentFormat.Apply(value.ToText(context), dict, context);
    }

    private static IEnumerable<int> WordStarts(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (PythonCharacter.IsIdentifierPart(text[i]) && (i == 0 || !PythonCharacter.IsIdentifierPart(text[i - 1])))
                yield return i;
        }
    }
}
