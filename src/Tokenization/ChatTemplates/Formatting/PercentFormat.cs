using System.Numerics;
using System.Text.RegularExpressions;
using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>format % values</c>.</summary>
internal sealed partial class PercentFormat
{
    private readonly StringValue _format;
    private readonly Value _values;
    private readonly RenderContext _context;
    private readonly TextBuilder _output;
    private int _next;

    private PercentFormat(StringValue format, Value values, RenderContext context) =>
        (_format, _values, _context, _output) = (format, values, context, new TextBuilder(context.Budget));

    public static StringValue Apply(StringValue format, Value values, RenderContext context)
    {
        var formatter = new PercentFormat(format, values, context);
        formatter.Run();
        return formatter._output.ToValue().AsMarkup(format.IsMarkup || values is StringValue { IsMarkup: true } && format.Text.Length == 0);
    }

    private void Run()
    {
        var copied = 0;
        for (var i = _format.Text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = _format.Text.IndexOf('%', copied))
        {
            _context.Budget.Step();
            _output.Append(_format, copied, i - copied);
            var match = Conversion().Match(_format.Text, i);
            if (!match.Success || match.Value.Length > 2 && match.Value[^1] == '%')
                throw ChatTemplateException.Runtime(i + 1 == _format.Text.Length ? "incomplete format" : $"unsupported format character at index {i + 1}");
            copied = i + match.Length;
            if (match.Value == "%%")
                _output.Append(_format, i, 1);
            else
                Write(match);
        }
        _output.Append(_format, copied, _format.Text.Length - copied);
        var unused = _values is TupleValue tuple ? _next < tuple.Items.Length : _next == 0 && _values is not (DictValue or ListValue or RangeValue or UndefinedValue);
        if (unused)
            throw ChatTemplateException.Runtime("not all arguments converted during string formatting");
    }

    private void Write(Match match)
    {
        var flags = match.Groups["flags"].Value;
        var named = match.Groups["key"].Success ? Named(match.Groups["key"].Value) : null;
        var width = Size(match.Groups["width"]) ?? 0;
        var precision = match.Groups["dot"].Success ? Math.Max(Size(match.Groups["precision"]) ?? 0, 0) : (int?)null;
        var isLeft = flags.Contains('-', StringComparison.Ordinal) || width < 0;
        var value = named ?? Next();
        var text = Convert(value, match.Groups["type"].Value[0], flags, precision, isLeft ? 0 : width);
        var fill = Math.Max(0L, Math.Abs((long)width) - text.Length!.Value);
        _output.Repeat(' ', isLeft ? 0 : fill).Append(text).Repeat(' ', isLeft ? fill : 0);
    }

    private StringValue Convert(Value value, char type, string flags, int? precision, int width)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type == 's' ? value.ToText(_context) : Repr(value);
                text = precision < text.Length ? text.Substring(0, text.OffsetOf(precision.Value)) : text;
                return _format.IsMarkup ? Escaping.Escape(text, _context.Budget) : text;
            case 'c':
                return Character(value);
        }
        if (value is UndefinedValue undefined && type is not ('x' or 'X' or 'o'))
            throw undefined.Error;
        var sign = flags.Contains('+', StringComparison.Ordinal) ? '+' : flags.Contains(' ', StringComparison.Ordinal) ? ' ' : '-';
        var (prefix, digits) = Digits(value, type, precision, sign, flags.Contains('#', StringComparison.Ordinal));
        var padded = flags.Contains('0', StringComparison.Ordinal) && width > 0
            ? NumberFormat.Group(digits, separator: null, 3, width - prefix.Length, _context.Budget) : digits;
        return new StringValue(prefix + padded, value.Origin);
    }

    private (string Prefix, string Digits) Digits(Value value, char type, int? precision, char sign, bool alternate)
    {
        if (type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G')
        {
            if (Numbers.AsDouble(value) is null)
                throw ChatTemplateException.Runtime($"must be real number, not {value.TypeName}");
            var number = Numbers.ToDouble(value);
            return (NumberFormat.SignOf(double.IsNegative(number) && !double.IsNaN(number), sign),
                NumberFormat.Float(Math.Abs(number), type, precision, alternate, _context.Budget));
        }
        var integer = Numbers.AsInteger(value)
            ?? (value is FloatValue real && type is ('d' or 'i' or 'u') ? Truncate(real.Number) : null)
            ?? throw ChatTemplateException.Runtime($"%{type} format: {(type is 'd' or 'i' or 'u' ? "a real number" : "an integer")} is required, not {value.TypeName}");
        var (prefix, digits) = NumberFormat.Integer(BigInteger.Abs(integer), type, alternate);
        _context.Budget.Write(precision ?? 0);
        return (NumberFormat.SignOf(integer.Sign < 0, sign) + prefix, digits.PadLeft(precision ?? 0, '0'));
    }

    private static BigInteger? Truncate(double number) => double.IsFinite(number) ? new BigInteger(number)
        : throw ChatTemplateException.Runtime(double.IsNaN(number) ? "cannot convert float NaN to integer" : "cannot convert float infinity to integer");

    private static StringValue Character(Value value)
    {
        if (value is StringValue { Length: 1 } character)
            return character;
        if (Numbers.AsInteger(value) is { } code)
            return ValueFormat.Character(code, value.Origin);
        throw ChatTemplateException.Runtime("%c requires int or char");
    }

    private StringValue Repr(Value value)
    {
        var output = new TextBuilder(_context.Budget);
        value.WriteRepr(output);
        return output.ToValue();
    }

    private int? Size(Group group) => group switch
    {
        { Success: false } or { Length: 0 } => null,
        { Value: "*" } => BoundArguments.Saturate(Numbers.AsInteger(Next()) ?? throw ChatTemplateException.Runtime("* wants int")),
        _ => FormatSpec.Number(group.Value),
    };

    private Value Named(string key)
    {
        if (_values is not DictValue dict)
            throw ChatTemplateException.Runtime("format requires a mapping");
        _next++;
        return dict.Find(new StringValue(key)) ?? throw ChatTemplateException.Runtime(PythonRepr.Of(key));
    }

    private Value Next()
    {
        var index = _next++;
        if (_values is TupleValue tuple)
            return index < tuple.Items.Length ? tuple.Items[index] : throw ChatTemplateException.Runtime("not enough arguments for format string");
        return index == 0 ? _values : throw ChatTemplateException.Runtime("not enough arguments for format string");
    }

    [GeneratedRegex(@"\G%(\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|[0-9]*)(?<dot>\.(?<precision>\*|[0-9]*))?[hlL]?(?<type>[diouxXeEfFgGcrsa%])")]
    private static partial Regex Conversion();
}
