using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Tests;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that keep the elements that pass a test, or those that fail it.</summary>
internal static class SelectionFilters
{
    public static Filter[] All { get; } =
    [
        new("select", Parameters.Any, (context, value, arguments) => new IteratorValue(Select(context, value, arguments.All, byAttribute: false, keep: true))),
        new("reject", Parameters.Any, (context, value, arguments) => new IteratorValue(Select(context, value, arguments.All, byAttribute: false, keep: false))),
        new("selectattr", Parameters.Any, (context, value, arguments) => new IteratorValue(Select(context, value, arguments.All, byAttribute: true, keep: true))),
        new("rejectattr", Parameters.Any, (context, value, arguments) => new IteratorValue(Select(context, value, arguments.All, byAttribute: true, keep: false))),
    ];

    private static IEnumerable<Value> Select(RenderContext context, Value value, Arguments arguments, bool byAttribute, bool keep)
    {
        if (!value.IsTrue)
            yield break;
        Func<Value, Value> select = item => item;
        if (byAttribute)
        {
            if (arguments.Positional.Count == 0)
                throw ChatTemplateException.Runtime("Missing parameter for attribute name");
            select = AttributePath.Getter(arguments.Positional[0], context);
            arguments = arguments.Rest;
        }
        var passes = Predicate(context, arguments);
        foreach (var item in context.Iterate(value))
        {
            if (passes(select(item)) == keep)
                yield return item;
        }
    }

    /// <summary>The test that the arguments name; without one, truth.</summary>
    private static Func<Value, bool> Predicate(RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Count == 0)
            return item => item.IsTrue;
        var name = arguments.Positional[0].ToText(context).Text;
        var test = TestTable.Find(name) ?? throw TestTable.Unknown(name);
        var rest = arguments.Rest;
        return item => test.Apply(context, item, rest).IsTrue;
    }
}
