using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>Equality of dictionary keys: 1, 1.0 and true are one key.</summary>
internal sealed class KeyComparer(Budget budget) : IEqualityComparer<Value>
{
    public bool Equals(Value? x, Value? y) => ReferenceEquals(x, y) || Equality.AreEqual(x!, y!, budget);

    public int GetHashCode(Value key)
    {
        switch (key)
        {
            case StringValue text:
                return text.Text.GetHashCode();
            case TupleValue tuple:
                Budget.EnsureStack();
                budget.Step(tuple.Items.Length);
                return tuple.Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, GetHashCode(item)));
            case NoneValue or UndefinedValue:
                return 0;
            default:
                return Numbers.AsDouble(key)?.GetHashCode() ?? System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key);
        }
    }
}
