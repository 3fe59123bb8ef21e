using System.Globalization;
using System.Numerics;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Python's text forms of floats, and their correct rounding (half to even on the exact binary value).</summary>
internal static class PythonFloat
{
    /// <summary>The shortest digits that read back as the same float, with an exponent below 1e-4 and from 1e16 on.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
            return NonFinite(value);
        var (sign, digits, exponent) = Shortest(value);
        return sign + (exponent is < -4 or >= 16 ? Scientific(digits, exponent) : Positional(digits, exponent));
    }

    public static string NonFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    /// <summary>value × 10^<paramref name="decimals"/>, rounded to an integer, half to even, computed exactly.</summary>
    public static BigInteger Scale(double value, int decimals)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = (bits & (1L << 52) - 1) | (exponent == 0 ? 0 : 1L << 52);
        exponent = Math.Max(exponent, 1) - 1075;
        var numerator = mantissa * (decimals > 0 ? BigInteger.Pow(10, decimals) : 1) << Math.Max(exponent, 0);
        var denominator = (decimals < 0 ? BigInteger.Pow(10, -decimals) : 1) << Math.Max(-exponent, 0);
        var rounded = DivideHalfEven(numerator, denominator);
        return double.IsNegative(value) ? -rounded : rounded;
    }

    public static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var half = (remainder * 2).CompareTo(denominator);
        return half > 0 || half == 0 && !quotient.IsEven ? quotient + 1 : quotient;
    }

    /// <summary>round(value, decimals).</summary>
    public static double Round(double value, int decimals)
    {
        if (!double.IsFinite(value) || decimals > 330)
            return value;
        if (decimals < -310)
            return double.CopySign(0, value);
        var scaled = Scale(value, decimals);
        var rounded = double.Parse($"{scaled}E{-decimals}", CultureInfo.InvariantCulture);
        return double.CopySign(rounded, value);
    }

    /// <summary>Digits without point, and the decimal exponent of the first of them.</summary>
    private static (string Sign, string Digits, int Exponent) Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = double.IsNegative(value) ? "-" : "";
        var mantissa = shortest.Split('E')[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var digits = mantissa.TrimEnd('0');
        if (digits.Length == 0)
            return (sign, "0", 0);
        return (sign, digits, ExponentOf(shortest));
    }

    private static int ExponentOf(string shortest)
    {
        var parts = shortest.TrimStart('-').Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0] : parts[0][..point];
        if (whole != "0")
            return exponent + whole.Length - 1;
        var fraction = parts[0][(point + 1)..];
        return exponent - (fraction.Length - fraction.TrimStart('0').Length) - 1;
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Positional(string digits, int exponent) =>
        exponent < 0 ? $"0.{new string('0', -exponent - 1)}{digits}"
        : digits.Length <= exponent + 1 ? $"{digits.PadRight(exponent + 1, '0')}.0"
        : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
}
