using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Python's <c>in</c>.</summary>
internal static class Membership
{
    public static Value In(Value item, Value container, RenderContext context) => BoolValue.Of(Contains(container, item, context));

    public static Value NotIn(Value item, Value container, RenderContext context) => BoolValue.Of(!Contains(container, item, context));

    public static bool Contains(Value container, Value item, RenderContext context) => container switch
    {
        StringValue text => item is StringValue part
            ? text.Text.Contains(part.Text, StringComparison.Ordinal)
            : throw ChatTemplateException.Runtime($"'in <string>' requires string as left operand, not {item.TypeName}"),
        DictValue dict => dict.Find(item) is not null,
        DictViewValue view => view.Contains(item, context),
        _ when container.IsIterable => context.Iterate(container).Any(element => ReferenceEquals(element, item) || Equality.AreEqual(element, item, context.Budget)),
        _ => throw ChatTemplateException.Runtime($"argument of type '{container.TypeName}' is not iterable"),
    };
}
