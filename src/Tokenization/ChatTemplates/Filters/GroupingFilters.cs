using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that divide a sequence.</summary>
internal static class GroupingFilters
{
    public static Filter[] All { get; } =
    [
        new("batch", Parameters.Of(1, "linecount", "fill_with"), (context, value, arguments) => new IteratorValue(Batch(context, value, arguments))),
        new("slice", Parameters.Of(1, "slices", "fill_with"), (context, value, arguments) => new IteratorValue(Slice(context, value, arguments))),
        new("groupby", Parameters.Of(1, "attribute", "default", "case_sensitive"), GroupBy),
        new("unique", Parameters.Of(0, "case_sensitive", "attribute"), (context, value, arguments) => new IteratorValue(Unique(context, value, arguments))),
    ];

    private static IEnumerable<Value> Batch(RenderContext context, Value value, BoundArguments arguments)
    {
        var (size, fill) = (arguments.Int(0), arguments[1]);
        var batch = new List<Value>();
        foreach (var item in context.Iterate(value))
        {
            if (batch.Count == size)
            {
                yield return new ListValue([.. batch]);
                batch.Clear();
            }
            batch.Add(item);
        }
        if (batch.Count == 0)
            yield break;
        if (fill is not (null or NoneValue) && batch.Count < size)
        {
            context.Budget.Step(size - batch.Count);
            batch.AddRange(Enumerable.Repeat(fill, size - batch.Count));
        }
        yield return new ListValue([.. batch]);
    }

    /// <summary>Columns: the first ones get one element more where the length does not divide.</summary>
    private static IEnumerable<Value> Slice(RenderContext context, Value value, BoundArguments arguments)
    {
        var (items, slices, fill) = (context.ToArray(value), arguments.Int(0), arguments[1]);
        if (slices == 0)
            throw ChatTemplateException.Runtime("integer division or modulo by zero");
        var (each, rest) = Math.DivRem(items.Length, slices);
        var start = 0;
        for (var i = 0; i < slices; i++)
        {
            var count = each + (i < rest ? 1 : 0);
            context.Budget.Step(1 + count);
            var part = items.AsSpan(start, count).ToArray();
            start += count;
            yield return new ListValue(fill is not (null or NoneValue) && i >= rest ? [.. part, fill] : part);
        }
    }

    private static ListValue GroupBy(RenderContext context, Value value, BoundArguments arguments)
    {
        var select = AttributePath.Getter(arguments[0]!, context, arguments[1] is NoneValue ? null : arguments[1]);
        var convert = SequenceFilters.CaseKey(arguments.Flag(2), context);
        Value Key(Value item) => convert(select(item));
        var groups = new List<Value>();
        var members = new List<Value>();
        foreach (var item in Ordering.Sort(context.ToArray(value), Key, reverse: false, context.Budget))
        {
            if (members.Count > 0 && !Equality.AreEqual(Key(members[0]), Key(item), context.Budget))
            {
                groups.Add(Group(members, select));
                members = [];
            }
            members.Add(item);
        }
        if (members.Count > 0)
            groups.Add(Group(members, select));
        return new ListValue([.. groups]);
    }

    private static GroupValue Group(List<Value> members, Func<Value, Value> select) => new(select(members[0]), new ListValue([.. members]));

    private static IEnumerable<Value> Unique(RenderContext context, Value value, BoundArguments arguments)
    {
        var convert = SequenceFilters.CaseKey(arguments.Flag(0), context);
        var select = arguments[1] is { } attribute and not NoneValue ? AttributePath.Getter(attribute, context) : item => item;
        var seen = new HashSet<Value>(context.Keys);
        foreach (var item in context.Iterate(value))
        {
            var key = convert(select(item));
            if (!key.IsHashable)
                throw ChatTemplateException.Runtime($"unhashable type: '{key.TypeName}'");
            if (seen.Add(key))
                yield return item;
        }
    }
}
