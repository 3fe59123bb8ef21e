using System.Globalization;
using System.Numerics;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

/// <summary>Filters for numbers.</summary>
internal static class NumberFilters
{
    private static readonly string[] s_decimalUnits = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] s_binaryUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static Filter[] All { get; } =
    [
        new("abs", Parameters.None, (_, value, _) => Absolute(value)),
        new("int", Parameters.Of(0, "default", "base"), ToInteger),
        new("float", Parameters.Of(0, "default"), ToFloat),
        new("round", Parameters.Of(0, "precision", "method"), Round),
        new("filesizeformat", Parameters.Of(0, "binary"), FileSize),
    ];

    private static Value Absolute(Value value) => value switch
    {
        FloatValue number => new FloatValue(Math.Abs(number.Number), number.Origin),
        UndefinedValue undefined => throw undefined.Error,
        _ when Numbers.AsInteger(value) is { } integer => new IntValue(BigInteger.Abs(integer), value.Origin),
        _ => throw ChatTemplateException.Runtime($"bad operand type for abs(): '{value.TypeName}'"),
    };

    private static Value ToInteger(RenderContext context, Value value, BoundArguments arguments)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Error;
        if (value is StringValue text && Parse(text.Text, arguments[1]) is { } parsed)
            return new IntValue(parsed, text.Origin);
        if (Numbers.AsInteger(value) is { } integer)
            return new IntValue(integer, value.Origin);
        var number = value is StringValue spelled ? NumberText.ParseFloat(spelled.Text) : Numbers.AsDouble(value);
        return number is { } finite && double.IsFinite(finite) ? new IntValue(new BigInteger(finite), value.Origin) : arguments[0] ?? IntValue.Of(0);
    }

    private static BigInteger? Parse(string text, Value? radix) => radix is null ? NumberText.ParseInteger(text, 10)
        : Numbers.AsInteger(radix) is { } given ? NumberText.ParseInteger(text, BoundArguments.Saturate(given)) : null;

    private static Value ToFloat(RenderContext context, Value value, BoundArguments arguments)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Error;
        var number = value is StringValue text ? NumberText.ParseFloat(text.Text) : Numbers.AsDouble(value);
        return number is { } parsed ? new FloatValue(parsed, value.Origin) : arguments[0] ?? new FloatValue(0);
    }

    private static Value Round(RenderContext context, Value value, BoundArguments arguments)
    {
        var (precision, method) = (arguments.Int(0), arguments[1] is null ? "common" : arguments.Text(1).Text);
        if (method is not ("common" or "ceil" or "floor"))
            throw ChatTemplateException.Runtime("method must be common, ceil or floor");
        if (value is UndefinedValue undefined)
            throw undefined.Error;
        if (Numbers.AsDouble(value) is null)
            throw ChatTemplateException.Runtime($"type {value.TypeName} doesn't define __round__ method");
        if (method == "common")
            return Numbers.AsInteger(value) is { } integer ? new IntValue(RoundInteger(integer, precision), value.Origin)
                : new FloatValue(PythonFloat.Round(Numbers.ToDouble(value), precision), value.Origin);
        var scale = Math.Pow(10, precision);
        var scaled = Numbers.ToDouble(value) * scale;
        return new FloatValue((method == "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled)) / scale, value.Origin);
    }

    private static BigInteger RoundInteger(BigInteger value, int precision)
    {
        if (precision >= 0)
            return value;
        if (precision < -1300)
            return 0; // beyond the digits of any integer there is
        var unit = BigInteger.Pow(10, -precision);
        return value.Sign < 0 ? -PythonFloat.DivideHalfEven(-value, unit) * unit : PythonFloat.DivideHalfEven(value, unit) * unit;
    }

    private static StringValue FileSize(RenderContext context, Value value, BoundArguments arguments)
    {
        var bytes = (value is StringValue text ? NumberText.ParseFloat(text.Text) : Numbers.AsDouble(value))
            ?? throw ChatTemplateException.Runtime($"could not convert to float: '{value.TypeName}'");
        var (step, units) = arguments.Flag(0) ? (1024.0, s_binaryUnits) : (1000.0, s_decimalUnits);
        if (bytes == 1)
            return new StringValue("1 Byte", value.Origin);
        if (bytes < step)
            return new StringValue($"{bytes.ToString("F0", CultureInfo.InvariantCulture)} Bytes", value.Origin);
        var unit = 0;
        for (; unit < units.Length - 1 && bytes >= Math.Pow(step, unit + 2); unit++)
        {
        }
        var scaled = new FloatValue(bytes / Math.Pow(step, unit + 1), value.Origin);
        return new StringValue($"{NumberText.Fixed(scaled.Number, 1)} {units[unit]}", value.Origin);
    }
}
