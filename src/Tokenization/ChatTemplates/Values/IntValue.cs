using System.Globalization;
using System.Numerics;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal sealed class IntValue(BigInteger number, Origin origin = Origin.Template) : Value
{
    private static readonly IntValue[] s_small = [.. Enumerable.Range(-1, 258).Select(i => new IntValue(i))];

    public BigInteger Number => number;

    public override Origin Origin => origin;

    public override string TypeName => "int";

    public override bool IsTrue => !number.IsZero;

    public static IntValue Of(long value) => value is >= -1 and < 257 ? s_small[value + 1] : new IntValue(value);

    public override void WriteRepr(TextBuilder output) => output.Append(number.ToString(CultureInfo.InvariantCulture), origin);

    public override Value? GetAttribute(string name) => Methods.IntMethods.Find(this, name);
}
