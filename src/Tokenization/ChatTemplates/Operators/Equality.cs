using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Python's <c>==</c>.</summary>
internal static class Equality
{
    public static Value Equal(Value left, Value right, RenderContext context) => BoolValue.Of(AreEqual(left, right, context.Budget));

    public static Value NotEqual(Value left, Value right, RenderContext context) => BoolValue.Of(!AreEqual(left, right, context.Budget));

    public static bool AreEqual(Value left, Value right, Budget budget) => (left, right) switch
    {
        (StringValue a, StringValue b) => a.Text == b.Text,
        (NoneValue, NoneValue) or (UndefinedValue, UndefinedValue) => true,
        (IntValue or FloatValue or BoolValue, IntValue or FloatValue or BoolValue) => Numbers.Compare(left, right) == 0,
        (SequenceValue a, SequenceValue b) => a is ListValue == b is ListValue && AreEqual(a.Items, b.Items, budget),
        (DictValue a, DictValue b) => AreEqual(a, b, budget),
        (RangeValue a, RangeValue b) => a.Count == b.Count && (a.Count == 0 || a.Start == b.Start && (a.Count == 1 || a.Increment == b.Increment)),
        _ => ReferenceEquals(left, right),
    };

    private static bool AreEqual(Value[] left, Value[] right, Budget budget)
    {
        if (left.Length != right.Length)
            return false;
        Budget.EnsureStack();
        for (var i = 0; i < left.Length; i++)
        {
            budget.Step();
            if (!ReferenceEquals(left[i], right[i]) && !AreEqual(left[i], right[i], budget))
                return false;
        }
        return true;
    }

    private static bool AreEqual(DictValue left, DictValue right, Budget budget)
    {
        if (left.Entries.Count != right.Entries.Count)
            return false;
        Budget.EnsureStack();
        foreach (var (key, value) in left.Entries)
        {
            budget.Step();
            if (!right.Entries.TryGetValue(key, out var other) || !ReferenceEquals(value, other) && !AreEqual(value, other, budget))
                return false;
        }
        return true;
    }
}
