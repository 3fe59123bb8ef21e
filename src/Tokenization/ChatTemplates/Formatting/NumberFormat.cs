using System.Globalization;
using System.Numerics;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Formatting;

/// <summary>A number as sign, prefix and digits, for both of Python's format languages.</summary>
internal static class NumberFormat
{
    /// <summary>The digits of an integer in the base that the type names, with its prefix if asked for.</summary>
    public static (string Prefix, string Digits) Integer(BigInteger magnitude, char type, bool alternate)
    {
        var digits = type switch
        {
            'x' => Hex(magnitude),
            'X' => Hex(magnitude).ToUpperInvariant(),
            'b' => Radix(magnitude, 2),
            'o' => Radix(magnitude, 8),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
        return (alternate && type is ('x' or 'X' or 'b' or 'o') ? $"0{type}" : "", digits);
    }

    /// <summary>The digits of a float's magnitude.</summary>
    /// <param name="type">e, f, g, %, their capitals, or null for the shortest form.</param>
    public static string Float(double magnitude, char? type, int? precision, bool alternate, Budget budget)
    {
        var decimals = precision ?? 6;
        budget.Write(Math.Max(0L, decimals)); // before the digits are made
        var digits = type switch
        {
            'e' or 'E' => NumberText.Scientific(magnitude, decimals),
            'f' or 'F' => NumberText.Fixed(magnitude, decimals),
            'g' or 'G' or 'n' => NumberText.General(magnitude, decimals, alternate),
            '%' => NumberText.Fixed(magnitude * 100, decimals) + "%",
            null when precision is null => PythonFloat.Repr(magnitude),
            null => Shortest(magnitude, decimals),
            _ => throw ChatTemplateException.Runtime($"Unknown format code '{type}' for object of type 'float'"),
        };
        if (alternate && double.IsFinite(magnitude) && !digits.Contains('.', StringComparison.Ordinal))
            digits = digits.Insert(digits.AsSpan().IndexOfAny('e', '%') is >= 0 and var end ? end : digits.Length, ".");
        return type is 'E' or 'F' or 'G' ? digits.ToUpperInvariant() : digits;
    }

    public static string SignOf(bool negative, char sign) => negative ? "-" : sign is '+' or ' ' ? sign.ToString() : "";

    /// <summary>Separators between groups of the whole digits, and zeros in front, also grouped, until the width is reached.</summary>
    public static string Group(string digits, char? separator, int size, int width, Budget budget)
    {
        var end = size == 4 ? -1 : digits.AsSpan().IndexOfAny(".e%"); // hexadecimal digits have no fraction
        var (whole, rest) = end < 0 ? (digits, "") : (digits[..end], digits[end..]);
        budget.Write(Math.Max(0, width));
        var zeros = Math.Max(0, width - rest.Length - whole.Length);
        if (separator is { } character && whole.All(char.IsAsciiHexDigit)) // neither inf nor nan
        {
            // the least number of zeros for which the grouped digits fill the width
            int Grouped(int count) => count + (count - 1) / size;
            var needed = whole.Length;
            while (Grouped(needed) < width - rest.Length)
                needed++;
            var padded = whole.PadLeft(needed, '0');
            for (var i = padded.Length - size; i > 0; i -= size)
                padded = padded.Insert(i, character.ToString());
            return padded + rest;
        }
        return new string('0', zeros) + digits;
    }

    private static string Hex(BigInteger magnitude)
    {
        var digits = magnitude.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length > 0 ? digits : "0";
    }

    private static string Radix(BigInteger magnitude, int radix)
    {
        if (magnitude.IsZero)
            return "0";
        var digits = new Stack<char>();
        for (; !magnitude.IsZero; magnitude /= radix)
            digits.Push((char)('0' + (int)(magnitude % radix)));
        return string.Concat(digits);
    }

    /// <summary>As g, but never without a decimal point, and scientific one digit earlier.</summary>
    private static string Shortest(double magnitude, int precision)
    {
        var digits = NumberText.General(magnitude, Math.Max(precision, 1), keepZeros: false);
        if (!double.IsFinite(magnitude) || digits.AsSpan().ContainsAny('.', 'e'))
            return digits;
        if (digits.Length < Math.Max(precision, 1) || magnitude == 0)
            return digits + ".0";
        var scientific = NumberText.Scientific(magnitude, Math.Max(precision, 1) - 1);
        var split = scientific.IndexOf('e', StringComparison.Ordinal);
        var mantissa = scientific[..split];
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa) + scientific[split..];
    }
}
