using System.Numerics;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Python's numeric tower: bool ⊂ int ⊂ float.</summary>
internal static class Numbers
{
    /// <summary>The value of an int or bool; null for anything else.</summary>
    public static BigInteger? AsInteger(Value value) => value switch
    {
        IntValue integer => integer.Number,
        BoolValue boolean => boolean.Flag ? 1 : 0,
        _ => null,
    };

    /// <summary>The value of any number; null for anything else.</summary>
    public static double? AsDouble(Value value) => value switch
    {
        FloatValue number => number.Number,
        IntValue integer => (double)integer.Number,
        BoolValue boolean => boolean.Flag ? 1 : 0,
        _ => null,
    };

    /// <summary>As <see cref="AsDouble"/>; an integer that no float reaches is an error, as in Python.</summary>
    public static double ToDouble(Value value)
    {
        var number = AsDouble(value)!.Value;
        return double.IsInfinity(number) && value is IntValue ? throw ChatTemplateException.Runtime("int too large to convert to float") : number;
    }

    /// <summary>Compares exactly, also an integer with a float; null if either is not a number or is NaN.</summary>
    public static int? Compare(Value left, Value right)
    {
        if (AsInteger(left) is { } a && AsInteger(right) is { } b)
            return a.CompareTo(b);
        if (AsDouble(left) is not { } x || AsDouble(right) is not { } y || double.IsNaN(x) || double.IsNaN(y))
            return null;
        if (left is FloatValue && right is FloatValue || double.IsInfinity(x) || double.IsInfinity(y))
            return left is IntValue huge && double.IsInfinity(x) && double.IsInfinity(y) ? (huge.Number.Sign > 0 ? -1 : 1) : x.CompareTo(y);
        return right is FloatValue ? CompareExactly(AsInteger(left)!.Value, y) : -CompareExactly(AsInteger(right)!.Value, x);
    }

    public static Origin Origins(Value left, Value right) => left.Origin | right.Origin;

    private static int CompareExactly(BigInteger integer, double number)
    {
        var whole = integer.CompareTo(new BigInteger(Math.Floor(number)));
        return whole != 0 ? whole : number > Math.Floor(number) ? -1 : 0;
    }
}
