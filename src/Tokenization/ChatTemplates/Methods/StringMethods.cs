using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Formatting;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Methods of strings. Those of markup give markup and escape what they are given.</summary>
internal static class StringMethods
{
    private static readonly MethodTable<StringValue> s_methods = new(
    [
        .. CaseMethods(), .. StripMethods(), .. SplitMethods(), .. SearchMethods(), .. PadMethods(), .. StringPredicates.Methods,
        new("format", Parameters.Any, (context, self, arguments) => BraceFormat.Apply(self, arguments.All, context)),
        new("format_map", Parameters.Positional(1, 1), (context, self, arguments) => BraceFormat.ApplyMap(self, arguments[0]!, context)),
        new("join", Parameters.Positional(1, 1), Join),
        new("encode", Parameters.Of(0, "encoding", "errors"), (context, self, arguments) => BytesValue.Encode(self, arguments)),
        new("maketrans", Parameters.Positional(1, 3), (context, _, arguments) => Translation.MakeTable(arguments, context)),
        new("translate", Parameters.Positional(1, 1), (context, self, arguments) => Translation.Apply(self, arguments[0]!, context)),
    ]);

    public static Value? Find(StringValue self, string name) => s_methods.Find(self, name);

    private static Method<StringValue>[] CaseMethods() =>
    [
        new("upper", Parameters.None, (context, self, _) => CaseMapping.Upper(self, context.Budget)),
        new("lower", Parameters.None, (context, self, _) => CaseMapping.Lower(self, context.Budget)),
        new("title", Parameters.None, (context, self, _) => CaseMapping.Title(self, context.Budget)),
        new("capitalize", Parameters.None, (context, self, _) => CaseMapping.Capitalize(self, context.Budget)),
        new("swapcase", Parameters.None, (context, self, _) => CaseMapping.SwapCase(self, context.Budget)),
        new("casefold", Parameters.None, (context, self, _) => CaseMapping.Fold(self, context.Budget)),
    ];

    private static Method<StringValue>[] StripMethods() =>
    [
        new("strip", Parameters.Positional(0, 1), (_, self, arguments) => Stripping.Strip(self, arguments[0], Sides.Both)),
        new("lstrip", Parameters.Positional(0, 1), (_, self, arguments) => Stripping.Strip(self, arguments[0], Sides.Left)),
        new("rstrip", Parameters.Positional(0, 1), (_, self, arguments) => Stripping.Strip(self, arguments[0], Sides.Right)),
        new("removeprefix", Parameters.Positional(1, 1), (_, self, arguments) => self.Text.StartsWith(arguments.Text(0).Text, StringComparison.Ordinal)
            ? self.Substring(arguments.Text(0).Text.Length) : self),
        new("removesuffix", Parameters.Positional(1, 1), (_, self, arguments) => self.Text.EndsWith(arguments.Text(0).Text, StringComparison.Ordinal)
            ? self.Substring(0, self.Text.Length - arguments.Text(0).Text.Length) : self),
    ];

    private static Method<StringValue>[] SplitMethods() =>
    [
        new("split", Parameters.Of(0, "sep", "maxsplit"), (context, self, arguments) => Splitting.Split(self, arguments, context)),
        new("rsplit", Parameters.Of(0, "sep", "maxsplit"), (context, self, arguments) => Splitting.SplitRight(self, arguments, context)),
        new("splitlines", Parameters.Of(0, "keepends"), (context, self, arguments) => new ListValue([.. LineSplitting.Split(self, keepEnds: arguments.Int(0) != 0)])),
        new("partition", Parameters.Positional(1, 1), (_, self, arguments) => Splitting.Partition(self, arguments.Text(0), fromEnd: false)),
        new("rpartition", Parameters.Positional(1, 1), (_, self, arguments) => Splitting.Partition(self, arguments.Text(0), fromEnd: true)),
        new("replace", Parameters.Positional(2, 3), (context, self, arguments) => Replacing.Replace(self, arguments.Text(0), arguments.Text(1), arguments.Int(2, -1), context.Budget)),
    ];

    private static Method<StringValue>[] SearchMethods() =>
    [
        new("find", Parameters.Positional(1, 3), (_, self, arguments) => IntValue.Of(Searching.Find(self, arguments))),
        new("rfind", Parameters.Positional(1, 3), (_, self, arguments) => IntValue.Of(Searching.FindLast(self, arguments))),
        new("index", Parameters.Positional(1, 3), (_, self, arguments) => Searching.RequireFound(Searching.Find(self, arguments))),
        new("rindex", Parameters.Positional(1, 3), (_, self, arguments) => Searching.RequireFound(Searching.FindLast(self, arguments))),
        new("count", Parameters.Positional(1, 3), (_, self, arguments) => IntValue.Of(Searching.Count(self, arguments))),
        new("startswith", Parameters.Positional(1, 3), (_, self, arguments) => BoolValue.Of(Searching.HasAffix(self, arguments, atStart: true))),
        new("endswith", Parameters.Positional(1, 3), (_, self, arguments) => BoolValue.Of(Searching.HasAffix(self, arguments, atStart: false))),
    ];

    private static Method<StringValue>[] PadMethods() =>
    [
        new("ljust", Parameters.Positional(1, 2), (context, self, arguments) => Padding.Pad(self, arguments, Sides.Right, context.Budget)),
        new("rjust", Parameters.Positional(1, 2), (context, self, arguments) => Padding.Pad(self, arguments, Sides.Left, context.Budget)),
        new("center", Parameters.Positional(1, 2), (context, self, arguments) => Padding.Pad(self, arguments, Sides.Both, context.Budget)),
        new("zfill", Parameters.Positional(1, 1), (context, self, arguments) => Padding.ZeroFill(self, arguments.Int(0), context.Budget)),
        new("expandtabs", Parameters.Of(0, "tabsize"), (context, self, arguments) => Padding.ExpandTabs(self, arguments.Int(0, 8), context.Budget)),
    ];

    private static StringValue Join(RenderContext context, StringValue self, BoundArguments arguments)
    {
        var output = new TextBuilder(context.Budget);
        var index = 0;
        foreach (var item in context.Iterate(arguments[0]!))
        {
            if (index > 0)
                output.Append(self);
            if (item is StringValue text)
                output.Append(self.IsMarkup ? Escaping.Escape(text, context.Budget) : text);
            else
                throw ChatTemplateException.Runtime($"sequence item {index}: expected str instance, {item.TypeName} found");
            index++;
        }
        return output.ToValue().AsMarkup(self.IsMarkup);
    }
}
