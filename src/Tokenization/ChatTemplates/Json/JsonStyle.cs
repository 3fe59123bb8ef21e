using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Json;

/// <summary>How <c>tojson</c> writes, in the terms of Python's <c>json.dumps</c>.</summary>
/// <param name="Indent">Text of one level of indentation; null for everything on one line.</param>
internal sealed record JsonStyle(bool EnsureAscii, StringValue? Indent, StringValue ItemSeparator, StringValue KeySeparator, bool SortKeys)
{
    public static JsonStyle From(BoundArguments arguments, RenderContext context)
    {
        var indent = arguments[1] switch
        {
            null or NoneValue => null,
            StringValue text => text,
            _ => new TextBuilder(context.Budget).Repeat(' ', arguments.Int(1)).ToValue(),
        };
        var (item, key) = arguments[2] is null or NoneValue
            ? (new StringValue(indent is null ? ", " : ","), new StringValue(": "))
            : Separators(arguments[2]!, context);
        return new JsonStyle(arguments.Flag(0), indent, item, key, arguments.Flag(3));
    }

    private static (StringValue Item, StringValue Key) Separators(Value value, RenderContext context) =>
        value.IsIterable && context.ToArray(value) is [StringValue item, StringValue key] ? (item, key)
            : throw ChatTemplateException.Runtime("separators must be a pair of strings");
}
