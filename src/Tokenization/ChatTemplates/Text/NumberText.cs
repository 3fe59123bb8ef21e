using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Numbers from and to text, as Python's <c>int()</c>, <c>float()</c> and formats do it.</summary>
internal static partial class NumberText
{
    private const int MaxDigits = 4300;

    /// <summary>int(text, base): blanks around, a sign, underscores between digits, a prefix that fits the base.</summary>
    public static BigInteger? ParseInteger(string text, int radix)
    {
        if (radix != 0 && radix is < 2 or > 36)
            return null;
        var digits = AsciiDigits(text);
        var negative = digits.StartsWith('-');
        if (digits.Length > 0 && digits[0] is '-' or '+')
            digits = digits[1..];
        var prefix = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix != 0 && (radix == 0 || radix == prefix))
            (digits, radix) = (digits[2] == '_' ? digits[3..] : digits[2..], prefix);
        else if (radix == 0)
            radix = digits.StartsWith('0') && digits.AsSpan().ContainsAnyExcept('0', '_') ? 1 : 10;
        if (!Digits().IsMatch(digits) || digits.Length > MaxDigits || radix == 1)
            return null;
        BigInteger value = 0;
        foreach (var c in digits.Where(c => c != '_'))
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10;
            if (digit >= radix)
                return null;
            value = value * radix + digit;
        }
        return negative ? -value : value;
    }

    /// <summary>float(text): also inf, infinity and nan.</summary>
    public static double? ParseFloat(string text)
    {
        var number = AsciiDigits(text).ToLowerInvariant();
        return number.TrimStart('+', '-') switch
        {
            "inf" or "infinity" when number.Length - number.TrimStart('+', '-').Length <= 1 => number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" when number.Length <= 4 => double.NaN,
            _ => FloatForm().IsMatch(number) ? double.Parse(number.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>%.nf: that many decimals, rounded half to even on the binary value.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value))
            return PythonFloat.NonFinite(value);
        var digits = BigInteger.Abs(PythonFloat.Scale(value, decimals)).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var sign = double.IsNegative(value) ? "-" : "";
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    /// <summary>%.ne: one digit, that many decimals, and an exponent of at least two digits.</summary>
    public static string Scientific(double value, int decimals)
    {
        if (!double.IsFinite(value))
            return PythonFloat.NonFinite(value);
        var (digits, exponent) = Significant(value, decimals + 1);
        var sign = double.IsNegative(value) ? "-" : "";
        return $"{sign}{digits[0]}{(decimals > 0 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>%.ng: that many significant digits, without trailing zeros unless <paramref name="keepZeros"/>; scientific where the exponent asks for it.</summary>
    public static string General(double value, int precision, bool keepZeros)
    {
        if (!double.IsFinite(value))
            return PythonFloat.NonFinite(value);
        precision = Math.Max(precision, 1);
        var (_, exponent) = Significant(value, precision);
        if (exponent >= -4 && exponent < precision)
            return keepZeros ? Fixed(value, precision - 1 - exponent) : Trim(Fixed(value, precision - 1 - exponent));
        var scientific = Scientific(value, precision - 1);
        var split = scientific.IndexOf('e', StringComparison.Ordinal);
        return keepZeros ? scientific : Trim(scientific[..split]) + scientific[split..];
    }

    private static string Trim(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;

    /// <summary>The first digits, rounded, and the decimal exponent of the first of them.</summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
            return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        for (exponent--; ; exponent++)
        {
            var digits = BigInteger.Abs(PythonFloat.Scale(value, count - 1 - exponent)).ToString(CultureInfo.InvariantCulture);
            if (digits.Length <= count)
                return (digits, exponent);
        }
    }

    private static string AsciiDigits(string text)
    {
        var trimmed = text.AsSpan().Trim();
        while (trimmed.Length > 0 && PythonCharacter.IsSpace(trimmed[0]))
            trimmed = trimmed[1..];
        while (trimmed.Length > 0 && PythonCharacter.IsSpace(trimmed[^1]))
            trimmed = trimmed[..^1];
        var digits = new StringBuilder(trimmed.Length);
        foreach (var rune in trimmed.EnumerateRunes())
            digits.Append(PythonCharacter.IsDecimal(rune) ? ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture) : rune.ToString());
        return digits.ToString();
    }

    [GeneratedRegex(@"^[0-9a-zA-Z]+(_[0-9a-zA-Z]+)*\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[+-]?([0-9]+(_[0-9]+)*\.?([0-9]+(_[0-9]+)*)?|\.[0-9]+(_[0-9]+)*)(e[+-]?[0-9]+(_[0-9]+)*)?\z")]
    private static partial Regex FloatForm();
}
