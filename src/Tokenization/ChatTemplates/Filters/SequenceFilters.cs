using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that pick from sequences, order them or add them up.</summary>
internal static class SequenceFilters
{
    public static Filter[] All { get; } =
    [
        new("first", Parameters.None, First),
        new("last", Parameters.None, Last),
        new("random", Parameters.None, Random),
        new("list", Parameters.None, (context, value, _) => new ListValue(context.ToArray(value), value is SequenceValue ? value.Origin : Origin.Template)),
        new("reverse", Parameters.None, Reverse),
        new("sort", Parameters.Of(0, "reverse", "case_sensitive", "attribute"), Sort),
        new("dictsort", Parameters.Of(0, "case_sensitive", "by", "reverse"), DictSort),
        new("items", Parameters.None, Items),
        new("min", Parameters.Of(0, "case_sensitive", "attribute"), (context, value, arguments) => Extreme(context, value, arguments, 1)),
        new("max", Parameters.Of(0, "case_sensitive", "attribute"), (context, value, arguments) => Extreme(context, value, arguments, -1)),
        new("sum", Parameters.Of(0, "attribute", "start"), Sum),
    ];

    /// <summary>Strings compare without case unless the template asks for it.</summary>
    public static Func<Value, Value> CaseKey(bool caseSensitive, RenderContext context) => caseSensitive ? value => value
        : value => value is StringValue text ? CaseMapping.Lower(text, context.Budget) : value;

    private static Value First(RenderContext context, Value value, BoundArguments arguments) =>
        context.Iterate(value).FirstOrDefault() ?? new UndefinedValue("No first item, sequence was empty.");

    private static Value Last(RenderContext context, Value value, BoundArguments arguments)
    {
        if (!value.IsIterable || value.Length is null)
            throw ChatTemplateException.Runtime($"'{value.TypeName}' object is not reversible");
        return context.ToArray(value) is [.., var last] ? last : new UndefinedValue("No last item, sequence was empty.");
    }

    private static Value Random(RenderContext context, Value value, BoundArguments arguments) =>
        context.ToArray(value) is { Length: > 0 } items ? items[System.Random.Shared.Next(items.Length)]
            : new UndefinedValue("No random item, sequence was empty.");

    private static Value Reverse(RenderContext context, Value value, BoundArguments arguments)
    {
        if (value is StringValue text)
            return Slicing.Slice(text, new SliceValue(null, null, IntValue.Of(-1)), context);
        if (!value.IsIterable)
            throw ChatTemplateException.Runtime("argument must be iterable");
        return new IteratorValue(Enumerable.Reverse(context.ToArray(value)), $"{value.TypeName}_reverseiterator");
    }

    private static ListValue Sort(RenderContext context, Value value, BoundArguments arguments)
    {
        var convert = CaseKey(arguments.Flag(1), context);
        var key = arguments[2] is { } attribute and not NoneValue ? AttributePath.MultiGetter(attribute, context, convert) : convert;
        return new ListValue(Ordering.Sort(context.ToArray(value), key, arguments.Int(0) != 0, context.Budget));
    }

    private static ListValue DictSort(RenderContext context, Value value, BoundArguments arguments)
    {
        var by = arguments[1] is null ? "key" : arguments.Text(1).Text;
        if (by is not ("key" or "value"))
            throw ChatTemplateException.Runtime("You can only sort by either \"key\" or \"value\"");
        if (value is not DictValue)
            throw value is UndefinedValue undefined ? undefined.Error : ChatTemplateException.Runtime($"'{value.TypeName}' object has no attribute 'items'");
        var convert = CaseKey(arguments.Flag(0), context);
        var position = by == "key" ? 0 : 1;
        return new ListValue(Ordering.Sort(Pairs((DictValue)value, context), pair => convert(((TupleValue)pair).Items[position]), arguments.Flag(2), context.Budget));
    }

    private static IteratorValue Items(RenderContext context, Value value, BoundArguments arguments) => value switch
    {
        UndefinedValue => new IteratorValue([]),
        DictValue dict => new IteratorValue(Pairs(dict, context)),
        _ => throw ChatTemplateException.Runtime("Can only get item pairs from a mapping."),
    };

    private static IEnumerable<Value> Pairs(DictValue dict, RenderContext context) => dict.Entries.Select(entry =>
    {
        context.Budget.Step();
        return new TupleValue([entry.Key, entry.Value]);
    });

    private static Value Extreme(RenderContext context, Value value, BoundArguments arguments, int sign)
    {
        var convert = CaseKey(arguments.Flag(0), context);
        var select = arguments[1] is { } attribute and not NoneValue ? AttributePath.Getter(attribute, context) : item => item;
        (Value Item, Value Key)? best = null;
        foreach (var item in context.Iterate(value))
        {
            var key = convert(select(item));
            if (best is not { } current || sign * Ordering.Compare(key, current.Key, sign > 0 ? "<" : ">", context.Budget) < 0)
                best = (item, key);
        }
        return best?.Item ?? new UndefinedValue("No aggregated item, sequence was empty.");
    }

    private static Value Sum(RenderContext context, Value value, BoundArguments arguments)
    {
        var select = arguments[0] is { } attribute and not NoneValue ? AttributePath.Getter(attribute, context) : item => item;
        var total = arguments[1] ?? IntValue.Of(0);
        if (total is StringValue)
            throw ChatTemplateException.Runtime("sum() can't sum strings [use ''.join(seq) instead]");
        return context.Iterate(value).Aggregate(total, (sum, item) => Arithmetic.Add(sum, select(item), context));
    }
}
