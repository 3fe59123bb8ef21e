using System.Numerics;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>format(value, spec)</c>.</summary>
internal static class ValueFormat
{
    public static void Write(Value value, string specText, TextBuilder output, RenderContext context)
    {
        if (specText.Length == 0)
        {
            value.WriteText(output);
            return;
        }
        var spec = FormatSpec.Parse(specText);
        switch (value)
        {
            case StringValue text: WriteText(text, spec, output); break;
            case IntValue or BoolValue when spec.Type is null or 'd' or 'n' or 'b' or 'o' or 'x' or 'X' or 'c': WriteInteger(value, spec, output); break;
            case IntValue or BoolValue or FloatValue: WriteFloat(value, spec, output); break;
            default: throw ChatTemplateException.Runtime($"unsupported format string passed to {value.TypeName}.__format__");
        }
    }

    private static void WriteText(StringValue text, FormatSpec spec, TextBuilder output)
    {
        if (spec.Type is not (null or 's'))
            throw ChatTemplateException.Runtime($"Unknown format code '{spec.Type}' for object of type 'str'");
        if (spec.Align == '=' || spec.Sign != '-' || spec.Alternate || spec.Grouping is not null)
            throw ChatTemplateException.Runtime("Sign, alternate form, grouping or '=' alignment not allowed in string format specifier");
        if (spec.Precision < text.Length)
            text = text.Substring(0, text.OffsetOf(spec.Precision.Value));
        Align(text, spec, '<', output);
    }

    private static void WriteInteger(Value value, FormatSpec spec, TextBuilder output)
    {
        if (spec.Precision is not null)
            throw ChatTemplateException.Runtime("Precision not allowed in integer format specifier");
        var number = Numbers.AsInteger(value)!.Value;
        if (spec.Type == 'c')
        {
            Align(Character(number, value.Origin), spec, '<', output);
            return;
        }
        var (prefix, digits) = NumberFormat.Integer(BigInteger.Abs(number), spec.Type ?? 'd', spec.Alternate);
        WriteNumber(NumberFormat.SignOf(number.Sign < 0, spec.Sign) + prefix, digits, spec, value.Origin, output);
    }

    /// <summary>The character of a code point, as %c and the type c give it.</summary>
    public static StringValue Character(BigInteger code, Origin origin) =>
        code >= 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) ? new StringValue(char.ConvertFromUtf32((int)code), origin)
            : throw ChatTemplateException.Runtime("%c arg not in range(0x110000)");

    private static void WriteFloat(Value value, FormatSpec spec, TextBuilder output)
    {
        var number = Numbers.ToDouble(value);
        var digits = NumberFormat.Float(Math.Abs(number), spec.Type, spec.Precision, spec.Alternate, output.Budget);
        WriteNumber(NumberFormat.SignOf(double.IsNegative(number) && !double.IsNaN(number), spec.Sign), digits, spec, value.Origin, output);
    }

    private static void WriteNumber(string sign, string digits, FormatSpec spec, Origin origin, TextBuilder output)
    {
        var zeros = spec.ZeroPad && spec.Align is null || spec.Align == '=' && spec.Fill == "0";
        digits = NumberFormat.Group(digits, spec.Grouping, spec.Type is 'b' or 'o' or 'x' or 'X' ? 4 : 3, zeros ? spec.Width - sign.Length : 0, output.Budget);
        if (spec.Align == '=')
        {
            output.Append(sign, origin).Repeat(new StringValue(spec.Fill), (long)spec.Width - sign.Length - digits.Length).Append(digits, origin);
            return;
        }
        Align(new StringValue(sign + digits, origin), spec, '>', output);
    }

    private static void Align(StringValue text, FormatSpec spec, char defaultAlign, TextBuilder output)
    {
        var missing = Math.Max(0L, spec.Width - text.Length!.Value);
        var left = (spec.Align ?? defaultAlign) switch { '<' => 0, '^' => missing / 2, _ => missing };
        var fill = new StringValue(spec.Fill);
        output.Repeat(fill, left).Append(text).Repeat(fill, missing - left);
    }
}
