using System.Numerics;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Attributes and methods of integers and booleans.</summary>
internal static class IntMethods
{
    private static readonly MethodTable<Value> s_methods = new(
        new("bit_length", Parameters.None, (_, self, _) => IntValue.Of((long)BigInteger.Abs(Number(self)).GetBitLength())),
        new("bit_count", Parameters.None, (_, self, _) => new IntValue(BigInteger.PopCount(BigInteger.Abs(Number(self))))),
        new("conjugate", Parameters.None, (_, self, _) => new IntValue(Number(self), self.Origin)),
        new("as_integer_ratio", Parameters.None, (_, self, _) => new TupleValue([new IntValue(Number(self), self.Origin), IntValue.Of(1)])),
        new("to_bytes", Parameters.Of(0, "length", "byteorder"), ToBytes));

    public static Value? Find(Value self, string name) => name switch
    {
        "real" or "numerator" => new IntValue(Number(self), self.Origin),
        "imag" => IntValue.Of(0),
        "denominator" => IntValue.Of(1),
        _ => s_methods.Find(self, name),
    };

    private static BigInteger Number(Value self) => Numbers.AsInteger(self)!.Value;

    private static BytesValue ToBytes(RenderContext context, Value self, BoundArguments arguments)
    {
        var (length, order) = (arguments.Int(0, 1), arguments[1] is null ? "big" : arguments.Text(1).Text);
        var number = Number(self);
        if (number.Sign < 0)
            throw ChatTemplateException.Runtime("can't convert negative int to unsigned");
        if (length < 0 || order is not ("big" or "little"))
            throw ChatTemplateException.Runtime(length < 0 ? "length argument must be non-negative" : "byteorder must be either 'little' or 'big'");
        context.Budget.Write(length);
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: order == "big");
        if (bytes.Length > length && !number.IsZero)
            throw ChatTemplateException.Runtime("int too big to convert");
        var padded = new byte[length];
        if (!number.IsZero)
            bytes.CopyTo(padded.AsSpan(order == "big" ? length - bytes.Length : 0));
        return new BytesValue(padded, self.Origin);
    }
}
