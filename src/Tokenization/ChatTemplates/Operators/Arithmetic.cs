using System.Numerics;
using Hone.Tokenization.ChatTemplates.Formatting;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>The arithmetic operators on numbers; what they do to sequences is in <see cref="SequenceArithmetic"/>.</summary>
internal static class Arithmetic
{
    public static Value Add(Value left, Value right, RenderContext context) =>
        Numeric(left, right, (a, b) => context.Budget.CheckSize(a + b), (x, y) => x + y) ?? SequenceArithmetic.Add(left, right, context);

    public static Value Subtract(Value left, Value right, RenderContext context) =>
        Numeric(left, right, (a, b) => context.Budget.CheckSize(a - b), (x, y) => x - y) ?? throw Unsupported("-", left, right);

    public static Value Multiply(Value left, Value right, RenderContext context) =>
        Numeric(left, right, (a, b) => Product(a, b, context), (x, y) => x * y) ?? SequenceArithmetic.Multiply(left, right, context);

    public static Value Divide(Value left, Value right, RenderContext context) =>
        Numeric(left, right, null, Divide) ?? throw Unsupported("/", left, right);

    public static Value FloorDivide(Value left, Value right, RenderContext context) =>
        Numeric(left, right, FloorDivide, FloorDivide) ?? throw Unsupported("//", left, right);

    public static Value Modulo(Value left, Value right, RenderContext context) => left is StringValue format
        ? PercentFormat.Apply(format, right, context)
        : Numeric(left, right, Modulo, Modulo) ?? throw Unsupported("%", left, right);

    public static Value Power(Value left, Value right, RenderContext context) =>
        Numeric(left, right, Numbers.AsInteger(right) is { Sign: >= 0 } ? (a, b) => Power(a, b, context) : null, Power)
        ?? throw Unsupported("** or pow()", left, right);

    public static Value Negate(Value value) => value switch
    {
        FloatValue number => new FloatValue(-number.Number, number.Origin),
        _ when Numbers.AsInteger(value) is { } integer => new IntValue(-integer, value.Origin),
        _ => throw BadOperand("-", value),
    };

    public static Value Plus(Value value) => value switch
    {
        FloatValue => value,
        _ when Numbers.AsInteger(value) is { } integer => new IntValue(integer, value.Origin),
        _ => throw BadOperand("+", value),
    };

    public static ChatTemplateException Unsupported(string symbol, Value left, Value right) =>
        (left as UndefinedValue ?? right as UndefinedValue)?.Error
        ?? ChatTemplateException.Runtime($"unsupported operand type(s) for {symbol}: '{left.TypeName}' and '{right.TypeName}'");

    /// <summary>Applies the operator to two numbers; null if either is none. Without an integer form, integers are made floats.</summary>
    private static Value? Numeric(
        Value left, Value right, Func<BigInteger, BigInteger, BigInteger>? integers, Func<double, double, double> floats)
    {
        if (integers is not null && Numbers.AsInteger(left) is { } a && Numbers.AsInteger(right) is { } b)
            return new IntValue(integers(a, b), Numbers.Origins(left, right));
        return Numbers.AsDouble(left) is null || Numbers.AsDouble(right) is null ? null
            : new FloatValue(floats(Numbers.ToDouble(left), Numbers.ToDouble(right)), Numbers.Origins(left, right));
    }

    private static BigInteger Product(BigInteger left, BigInteger right, RenderContext context)
    {
        context.Budget.CheckBits(left.GetBitLength() + right.GetBitLength() - 2);
        return context.Budget.CheckSize(left * right);
    }

    private static BigInteger Power(BigInteger number, BigInteger exponent, RenderContext context)
    {
        if (number.IsZero || number.IsOne)
            return exponent.IsZero ? 1 : number;
        if (number == BigInteger.MinusOne)
            return exponent.IsEven ? 1 : -1;
        context.Budget.CheckBits((double)exponent * (number.GetBitLength() - 1));
        return context.Budget.CheckSize(BigInteger.Pow(number, (int)exponent));
    }

    private static double Power(double number, double exponent)
    {
        if (number == 0 && exponent < 0)
            throw DivisionByZero("0.0 cannot be raised to a negative power");
        if (number < 0 && double.IsFinite(number) && double.IsFinite(exponent) && exponent != Math.Floor(exponent))
            throw ChatTemplateException.Unsupported("a negative number to a fractional power is a complex number, which templates do not have");
        var power = Math.Pow(number, exponent);
        return double.IsInfinity(power) && double.IsFinite(number) && double.IsFinite(exponent)
            ? throw ChatTemplateException.Runtime("(34, 'Numerical result out of range')") : power;
    }

    private static double Divide(double left, double right) => right == 0 ? throw DivisionByZero("division by zero") : left / right;

    private static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        if (right.IsZero)
            throw DivisionByZero("integer division or modulo by zero");
        var quotient = BigInteger.DivRem(left, right, out var remainder);
        return !remainder.IsZero && remainder.Sign != right.Sign ? quotient - 1 : quotient;
    }

    private static BigInteger Modulo(BigInteger left, BigInteger right) =>
        right.IsZero ? throw DivisionByZero("integer modulo by zero") : left - FloorDivide(left, right) * right;

    private static double FloorDivide(double left, double right)
    {
        if (right == 0)
            throw DivisionByZero("float floor division by zero");
        var quotient = (left - Modulo(left, right)) / right;
        if (quotient == 0)
            return double.CopySign(0, left / right);
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Modulo(double left, double right)
    {
        if (right == 0)
            throw DivisionByZero("float modulo");
        var remainder = left % right;
        if (remainder == 0)
            return double.CopySign(0, right);
        return remainder < 0 != right < 0 ? remainder + right : remainder;
    }

    private static ChatTemplateException DivisionByZero(string message) => ChatTemplateException.Runtime(message);

    private static ChatTemplateException BadOperand(string symbol, Value value) => (value as UndefinedValue)?.Error
        ?? ChatTemplateException.Runtime($"bad operand type for unary {symbol}: '{value.TypeName}'");
}
