using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Tests;

/// <summary>Tests that compare with another value.</summary>
internal static class ComparisonTests
{
    public static Test[] All { get; } =
    [
        .. Of(Equality.Equal, "==", "eq", "equalto"),
        .. Of(Equality.NotEqual, "!=", "ne"),
        .. Of(Ordering.Less, "<", "lt", "lessthan"),
        .. Of(Ordering.LessOrEqual, "<=", "le"),
        .. Of(Ordering.Greater, ">", "gt", "greaterthan"),
        .. Of(Ordering.GreaterOrEqual, ">=", "ge"),
        .. Of(Membership.In, "in"),
        new("sameas", Parameters.Positional(1, 1), (_, value, arguments) => IsSame(value, arguments[0]!)),
        new("divisibleby", Parameters.Of(1, "num"), (context, value, arguments) => Remainder(value, arguments[0]!, context) == 0),
        new("even", Parameters.None, (context, value, _) => Remainder(value, IntValue.Of(2), context) == 0),
        new("odd", Parameters.None, (context, value, _) => Remainder(value, IntValue.Of(2), context) == 1),
    ];

    private static IEnumerable<Test> Of(BinaryOperator apply, params string[] names) => names.Select(name =>
        new Test(name, Parameters.Positional(1, 1), (context, value, arguments) => apply(value, arguments[0]!, context).IsTrue));

    private static double? Remainder(Value value, Value divisor, RenderContext context) => Numbers.AsDouble(Arithmetic.Modulo(value, divisor, context));

    /// <summary>Identity: numbers and strings have none of their own here, so equal ones of one type are the same.</summary>
    private static bool IsSame(Value left, Value right) => ReferenceEquals(left, right) || (left, right) switch
    {
        (NoneValue, NoneValue) => true,
        (BoolValue a, BoolValue b) => a.Flag == b.Flag,
        (IntValue a, IntValue b) => a.Number == b.Number,
        (StringValue a, StringValue b) => a.Text == b.Text,
        _ => false,
    };
}
