using System.Globalization;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Attributes and methods of floats.</summary>
internal static class FloatMethods
{
    private static readonly MethodTable<FloatValue> s_methods = new(
        new("is_integer", Parameters.None, (_, self, _) => BoolValue.Of(double.IsInteger(self.Number))),
        new("conjugate", Parameters.None, (_, self, _) => self),
        new("hex", Parameters.None, (_, self, _) => new StringValue(Hex(self.Number), self.Origin)));

    public static Value? Find(FloatValue self, string name) => name switch
    {
        "real" => self,
        "imag" => new FloatValue(0),
        _ => s_methods.Find(self, name),
    };

    private static string Hex(double number)
    {
        if (!double.IsFinite(number))
            return PythonFloat.NonFinite(number);
        var bits = BitConverter.DoubleToInt64Bits(number);
        var (exponent, mantissa, sign) = ((int)(bits >> 52 & 0x7FF), bits & (1L << 52) - 1, bits < 0 ? "-" : "");
        if (number == 0)
            return $"{sign}0x0.0p+0";
        var power = exponent == 0 ? -1022 : exponent - 1023;
        return $"{sign}0x{(exponent == 0 ? 0 : 1)}.{mantissa.ToString("x13", CultureInfo.InvariantCulture)}p{(power < 0 ? '-' : '+')}{Math.Abs(power)}";
    }
}
