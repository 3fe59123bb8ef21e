using System.Globalization;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>The argument <c>attribute</c> of filters: a key, a position, or a dotted path of them.</summary>
internal static class AttributePath
{
    /// <param name="fallback">Stands for what is missing; null leaves it undefined.</param>
    public static Func<Value, Value> Getter(Value attribute, RenderContext context, Value? fallback = null)
    {
        if (attribute is not StringValue path)
            return item => Found(Access.Item(item, attribute, context), fallback);
        Value[] parts = [.. path.Text.Split('.').Select(Part)];
        return item => parts.Aggregate(item, (value, part) => Found(Access.Item(value, part, context), fallback));
    }

    /// <summary>Several paths with commas between them, as <c>sort</c> takes; their values make a list.</summary>
    public static Func<Value, Value> MultiGetter(Value attribute, RenderContext context, Func<Value, Value> convert)
    {
        Func<Value, Value>[] getters = attribute is StringValue paths
            ? [.. paths.Text.Split(',').Select(path => Getter(new StringValue(path), context))]
            : [Getter(attribute, context)];
        return item => new ListValue(Array.ConvertAll(getters, getter => convert(getter(item))));
    }

    private static Value Found(Value value, Value? fallback) => value is UndefinedValue && fallback is not null ? fallback : value;

    private static Value Part(string part) => part.Length is > 0 and < 19 && part.All(char.IsAsciiDigit)
        ? IntValue.Of(long.Parse(part, CultureInfo.InvariantCulture)) : new StringValue(part);
}
