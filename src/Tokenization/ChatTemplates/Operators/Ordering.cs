using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Python's <c>&lt;</c> and its kin: numbers with numbers, strings by code point, sequences element by element.</summary>
internal static class Ordering
{
    public static Value Less(Value left, Value right, RenderContext context) => BoolValue.Of(Compare(left, right, "<", context.Budget) < 0);

    public static Value LessOrEqual(Value left, Value right, RenderContext context) => BoolValue.Of(Compare(left, right, "<=", context.Budget) <= 0);

    public static Value Greater(Value left, Value right, RenderContext context) => BoolValue.Of(Compare(left, right, ">", context.Budget) > 0);

    public static Value GreaterOrEqual(Value left, Value right, RenderContext context) => BoolValue.Of(Compare(left, right, ">=", context.Budget) >= 0);

    /// <summary>Negative, zero or positive; null, for which every comparison is false, if a NaN takes part.</summary>
    public static int? Compare(Value left, Value right, string symbol, Budget budget)
    {
        budget.Step();
        return (left, right) switch
        {
            (IntValue or FloatValue or BoolValue, IntValue or FloatValue or BoolValue) => Numbers.Compare(left, right),
            (StringValue a, StringValue b) => CompareCodePoints(a.Text, b.Text),
            (SequenceValue a, SequenceValue b) when a is ListValue == b is ListValue => Compare(a.Items, b.Items, symbol, budget),
            (UndefinedValue undefined, _) => throw undefined.Error,
            (_, UndefinedValue undefined) => throw undefined.Error,
            _ => throw ChatTemplateException.Runtime($"'{symbol}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'"),
        };
    }

    /// <summary>A stable sort that asks only for "less", as Python's.</summary>
    public static Value[] Sort(IEnumerable<Value> items, Func<Value, Value> key, bool reverse, Budget budget)
    {
        var sorted = items.Select(item => (Item: item, Key: key(item))).ToArray();
        if (reverse)
            Array.Reverse(sorted); // before and after, so that equal ones keep their order
        MergeSort(sorted, new (Value, Value)[sorted.Length], budget);
        if (reverse)
            Array.Reverse(sorted);
        return Array.ConvertAll(sorted, entry => entry.Item);
    }

    private static void MergeSort(Span<(Value Item, Value Key)> items, Span<(Value Item, Value Key)> merged, Budget budget)
    {
        if (items.Length < 2)
            return;
        var middle = items.Length / 2;
        MergeSort(items[..middle], merged[..middle], budget);
        MergeSort(items[middle..], merged[middle..], budget);
        var (left, right) = (0, middle);
        for (var i = 0; i < items.Length; i++)
        {
            var takeRight = right < items.Length && (left == middle || Compare(items[right].Key, items[left].Key, "<", budget) < 0);
            merged[i] = takeRight ? items[right++] : items[left++];
        }
        merged.CopyTo(items);
    }

    private static int? Compare(Value[] left, Value[] right, string symbol, Budget budget)
    {
        Budget.EnsureStack();
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (!Equality.AreEqual(left[i], right[i], budget))
                return Compare(left[i], right[i], symbol, budget);
        }
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>UTF-16 order differs from the order of code points where surrogates meet U+E000 and above.</summary>
    private static int CompareCodePoints(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        return (char.IsSurrogate(left[same]), char.IsSurrogate(right[same])) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => left[same].CompareTo(right[same]),
        };
    }
}
