using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal sealed class FloatValue(double number, Origin origin = Origin.Template) : Value
{
    public double Number => number;

    public override Origin Origin => origin;

    public override string TypeName => "float";

    public override bool IsTrue => number != 0;

    public override void WriteRepr(TextBuilder output) => output.Append(PythonFloat.Repr(number), origin);

    public override Value? GetAttribute(string name) => Methods.FloatMethods.Find(this, name);
}
