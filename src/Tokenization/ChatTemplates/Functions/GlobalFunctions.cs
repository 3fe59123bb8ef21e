using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Functions;

/// <summary>The functions that every template sees; a variable of the same name hides one.</summary>
internal static class GlobalFunctions
{
    public static IReadOnlyList<KeyValuePair<string, Value>> All { get; } =
    [
        new("range", new FunctionValue("range", Parameters.Positional(1, 3), Range, "type")),
        new("dict", new FunctionValue("dict", Parameters.Any, Dict, "type")
        {
            DescribedAs = "transformers.utils.chat_template_utils.TemplateDict object", // the reference's class, which its messages name
            Attributes = name => name == "fromkeys" ? new FunctionValue("fromkeys", Parameters.Positional(1, 2), DictMethods.FromKeys) : null,
        }),
        new("namespace", new FunctionValue("namespace", Parameters.Any, Namespace, "type")),
        new("cycler", new FunctionValue("cycler", Parameters.Any, Cycler, "type")),
        new("joiner", new FunctionValue("joiner", Parameters.Of(0, "sep"), (context, arguments) => new JoinerValue(arguments[0] ?? new StringValue(", ")), "type")),
        new("lipsum", new FunctionValue("lipsum", Parameters.Any, (_, _) => throw ChatTemplateException.Unsupported("lipsum() is not supported"))),
        new("raise_exception", new FunctionValue("raise_exception", Parameters.Of(1, "message"), Raise)),
        new("strftime_now", new FunctionValue("strftime_now", Parameters.Of(1, "format"), Clock.Now)),
    ];

    private static RangeValue Range(RenderContext context, BoundArguments arguments)
    {
        var bounds = arguments.All.Positional.Select(Bound).ToArray();
        return bounds.Length switch
        {
            1 => new RangeValue(0, bounds[0], 1),
            2 => new RangeValue(bounds[0], bounds[1], 1),
            _ => new RangeValue(bounds[0], bounds[1], bounds[2]),
        };
    }

    /// <summary>A bound of 64 bits is beyond any range that is allowed, save at its very ends.</summary>
    private static long Bound(Value value) => Numbers.AsInteger(value) is { } bound
        ? bound >= long.MinValue / 2 && bound <= long.MaxValue / 2 ? (long)bound : throw ChatTemplateException.Runtime("Python int too large to convert to C ssize_t")
        : throw ChatTemplateException.Runtime($"'{value.TypeName}' object cannot be interpreted as an integer");

    private static DictValue Dict(RenderContext context, BoundArguments arguments)
    {
        var dict = new DictValue(context);
        foreach (var (key, value) in Pairs("dict", context, arguments.All))
            dict.Set(key, value);
        return dict;
    }

    private static NamespaceValue Namespace(RenderContext context, BoundArguments arguments)
    {
        var attributes = new NamespaceValue();
        foreach (var (key, value) in Pairs("namespace", context, arguments.All))
            attributes.Set(key is StringValue name ? name.Text : throw ChatTemplateException.Runtime("keywords must be strings"), value);
        return attributes;
    }

    /// <summary>The entries that <c>dict(mapping or pairs, **named)</c> is made of.</summary>
    private static IEnumerable<KeyValuePair<Value, Value>> Pairs(string callee, RenderContext context, Arguments arguments)
    {
        if (arguments.Positional.Count > 1)
            throw ChatTemplateException.Runtime($"{callee} expected at most 1 argument, got {arguments.Positional.Count}");
        if (arguments.Positional is [UndefinedValue undefined])
            throw undefined.Error;
        var source = arguments.Positional.Count == 0 ? new ListValue([]) : arguments.Positional[0];
        IEnumerable<KeyValuePair<Value, Value>> entries = source is DictValue dict ? dict.Entries : context.Iterate(source).Select(item => Pair(item, context));
        return entries.Concat(arguments.Named.Select(argument => KeyValuePair.Create<Value, Value>(new StringValue(argument.Key), argument.Value)));
    }

    private static KeyValuePair<Value, Value> Pair(Value item, RenderContext context) => item.IsIterable && context.ToArray(item) is [var key, var value]
        ? new(key, value) : throw ChatTemplateException.Runtime("cannot convert dictionary update sequence element to a sequence of length 2");

    private static CyclerValue Cycler(RenderContext context, BoundArguments arguments) => arguments.All.Positional.Count > 0
        ? new CyclerValue([.. arguments.All.Positional]) : throw ChatTemplateException.Runtime("at least one item has to be provided");

    private static Value Raise(RenderContext context, BoundArguments arguments) =>
        throw new ChatTemplateException(ChatTemplateErrorKind.Raised, arguments[0]!.ToText(context).Text);
}
