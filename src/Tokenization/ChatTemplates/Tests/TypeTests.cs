using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Tests;

/// <summary>Tests that ask what kind of value it is.</summary>
internal static class TypeTests
{
    public static Test[] All { get; } =
    [
        Of("defined", value => value is not UndefinedValue),
        Of("undefined", value => value is UndefinedValue),
        Of("none", value => value is NoneValue),
        Of("boolean", value => value is BoolValue),
        Of("true", value => value is BoolValue { Flag: true }),
        Of("false", value => value is BoolValue { Flag: false }),
        Of("integer", value => value is IntValue),
        Of("float", value => value is FloatValue),
        Of("number", value => value is IntValue or FloatValue or BoolValue),
        Of("string", value => value is StringValue),
        Of("mapping", value => value is DictValue),
        Of("iterable", value => value.IsIterable),
        Of("sequence", value => value is StringValue or SequenceValue or DictValue or RangeValue or UndefinedValue),
        Of("callable", value => value.IsCallable),
        Of("escaped", value => value is StringValue { IsMarkup: true }),
        new("lower", Parameters.None, (context, value, _) => StringPredicates.IsLower(value.ToText(context).Text)),
        new("upper", Parameters.None, (context, value, _) => StringPredicates.IsUpper(value.ToText(context).Text)),
        new("filter", Parameters.None, (_, value, _) => IsName(value, name => FilterTable.Find(name) is not null)),
        new("test", Parameters.None, (_, value, _) => IsName(value, name => TestTable.Find(name) is not null)),
    ];

    private static bool IsName(Value value, Func<string, bool> isKnown) => value.IsHashable ? value is StringValue name && isKnown(name.Text)
        : throw ChatTemplateException.Runtime($"unhashable type: '{value.TypeName}'");

    private static Test Of(string name, Func<Value, bool> body) => new(name, Parameters.None, (_, value, _) => body(value));
}
