using Hone.Tokenization.ChatTemplates.Json;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters for values of any kind.</summary>
internal static class BasicFilters
{
    public static Filter[] All { get; } =
    [
        new("default", Parameters.Of(0, "default_value", "boolean"), Default),
        new("d", Parameters.Of(0, "default_value", "boolean"), Default),
        new("attr", Parameters.Of(1, "name"), (_, value, arguments) => Access.OnlyAttribute(value, arguments.Text(0).Text)),
        new("string", Parameters.None, (context, value, _) => value.ToText(context)),
        new("length", Parameters.None, Length),
        new("count", Parameters.None, Length),
        new("pprint", Parameters.None, PrettyPrint),
        new("tojson", Parameters.Of(0, "ensure_ascii", "indent", "separators", "sort_keys"), ToJson),
    ];

    private static Value Default(RenderContext context, Value value, BoundArguments arguments) =>
        value is UndefinedValue || arguments.Flag(1) && !value.IsTrue ? arguments[0] ?? StringValue.Empty : value;

    private static IntValue Length(RenderContext context, Value value, BoundArguments arguments) =>
        IntValue.Of(value.Length ?? throw ChatTemplateException.Runtime($"object of type '{value.TypeName}' has no len()"));

    /// <summary>The repr on one line, which is what pprint gives for all that fits in 80 columns.</summary>
    private static StringValue PrettyPrint(RenderContext context, Value value, BoundArguments arguments)
    {
        var output = new TextBuilder(context.Budget);
        value.WriteRepr(output);
        return output.Length <= 80 ? output.ToValue() : throw ChatTemplateException.Unsupported("pprint of a value that needs several lines is not supported");
    }

    private static StringValue ToJson(RenderContext context, Value value, BoundArguments arguments)
    {
        var output = new TextBuilder(context.Budget);
        new JsonWriter(output, JsonStyle.From(arguments, context)).Write(value);
        return output.ToValue();
    }
}
