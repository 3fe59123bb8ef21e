using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters for HTML and URLs.</summary>
internal static partial class MarkupFilters
{
    public static Filter[] All { get; } =
    [
        new("escape", Parameters.None, Escape),
        new("e", Parameters.None, Escape),
        new("forceescape", Parameters.None, (context, value, _) => Escaping.ForceEscape(value.ToText(context), context.Budget)),
        new("safe", Parameters.None, (context, value, _) => value.ToText(context).AsMarkup()),
        new("striptags", Parameters.None, StripTags),
        new("xmlattr", Parameters.Of(0, "autospace"), XmlAttributes),
        new("urlencode", Parameters.None, UrlEncode),
        new("urlize", Parameters.Any, (_, _, _) => throw ChatTemplateException.Unsupported("the filter urlize is not supported")),
    ];

    private static StringValue Escape(RenderContext context, Value value, BoundArguments arguments) => Escaping.Escape(value.ToText(context), context.Budget);

    /// <summary>Drops comments and tags, makes each stretch of blanks one space and resolves entities. The result is the request's as soon as any part was.</summary>
    private static StringValue StripTags(RenderContext context, Value value, BoundArguments arguments)
    {
        var text = value.ToText(context);
        context.Budget.Write(text.Text.Length);
        var bare = Delete(Delete(text.Text, "<!--", "-->"), "<", ">");
        return new StringValue(WebUtility.HtmlDecode(string.Join(' ', bare.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), text.Origin);
    }

    private static string Delete(string text, string begin, string end)
    {
        var kept = new StringBuilder();
        var from = 0;
        while (text.IndexOf(begin, from, StringComparison.Ordinal) is >= 0 and var start
            && text.IndexOf(end, start, StringComparison.Ordinal) is >= 0 and var stop)
        {
            kept.Append(text, from, start - from);
            from = stop + end.Length;
        }
        return kept.Append(text, from, text.Length - from).ToString();
    }

    private static StringValue XmlAttributes(RenderContext context, Value value, BoundArguments arguments)
    {
        if (value is not DictValue dict)
            throw (value as UndefinedValue)?.Error ?? ChatTemplateException.Runtime($"'{value.TypeName}' object has no attribute 'items'");
        var output = new TextBuilder(context.Budget);
        foreach (var (key, item) in dict.Entries)
        {
            context.Budget.Step();
            if (item is NoneValue or UndefinedValue)
                continue;
            var name = key.ToText(context);
            if (InvalidAttribute().IsMatch(name.Text))
                throw ChatTemplateException.Runtime($"Invalid character in attribute name: {PythonRepr.Of(name.Text)}");
            if (output.Length > 0 || arguments.Flag(0, true))
                output.Append(" ");
            output.Append(Escaping.Escape(name, context.Budget)).Append("=\"").Append(Escaping.Escape(item.ToText(context), context.Budget)).Append("\"");
        }
        return output.ToValue();
    }

    private static StringValue UrlEncode(RenderContext context, Value value, BoundArguments arguments)
    {
        if (value is StringValue || !value.IsIterable)
            return Quote(value.ToText(context), "/", context.Budget);
        var pairs = value is DictValue dict ? dict.Entries.Select(entry => (entry.Key, entry.Value)) : context.Iterate(value).Select(item =>
            item is SequenceValue { Items: [var key, var entry] } ? (key, entry) : throw ChatTemplateException.Runtime("expected pairs"));
        var output = new TextBuilder(context.Budget);
        foreach (var (key, entry) in pairs)
        {
            if (output.Length > 0)
                output.Append("&");
            output.Append(Quote(key.ToText(context), "", context.Budget, '+')).Append("=").Append(Quote(entry.ToText(context), "", context.Budget, '+'));
        }
        return output.ToValue();
    }

    private static StringValue Quote(StringValue value, string safe, Budget budget, char? space = null)
    {
        var output = new TextBuilder(budget);
        for (var i = 0; i < value.Text.Length;)
        {
            var length = CodePoints.LengthAt(value.Text, i);
            var c = value.Text[i];
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || safe.Contains(c, StringComparison.Ordinal))
                output.Append(value, i, 1);
            else if (c == ' ' && space is { } plus)
                output.Append(plus, value.OriginAt(i));
            else
                output.Append(string.Concat(Encoding.UTF8.GetBytes(value.Text, i, length).Select(b => $"%{b:X2}")), value.OriginAt(i));
            i += length;
        }
        return output.ToValue();
    }

    [GeneratedRegex(@"[\s/>=]")]
    private static partial Regex InvalidAttribute();
}
