using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary><c>map</c>: an attribute of each element, or a filter applied to each.</summary>
internal static class MappingFilters
{
    public static Filter[] All { get; } =
    [
        new("map", Parameters.Any, (context, value, arguments) => new IteratorValue(Map(context, value, arguments.All))),
    ];

    private static IEnumerable<Value> Map(RenderContext context, Value value, Arguments arguments)
    {
        if (!value.IsTrue)
            yield break;
        var map = Function(context, arguments);
        foreach (var item in context.Iterate(value))
            yield return map(item);
    }

    private static Func<Value, Value> Function(RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Count == 0 && arguments.Find("attribute") is { } attribute)
        {
            if (arguments.Named.FirstOrDefault(argument => argument.Key is not ("attribute" or "default")).Key is { } unknown)
                throw ChatTemplateException.Runtime($"Unexpected keyword argument '{unknown}'");
            return AttributePath.Getter(attribute, context, arguments.Find("default") is NoneValue ? null : arguments.Find("default"));
        }
        if (arguments.Positional.Count == 0)
            throw ChatTemplateException.Runtime("map requires a filter argument");
        var name = arguments.Positional[0].ToText(context).Text;
        var filter = FilterTable.Find(name) ?? throw FilterTable.Unknown(name);
        var rest = arguments.Rest;
        return item => filter.Apply(context, item, rest);
    }
}
