using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal sealed class BoolValue : Value
{
    private static readonly BoolValue s_requestTrue = new(true, Origin.Request);
    private static readonly BoolValue s_requestFalse = new(false, Origin.Request);

    private BoolValue(bool value, Origin origin) => (Flag, Origin) = (value, origin);

    public static BoolValue True { get; } = new(true, Origin.Template);

    public static BoolValue False { get; } = new(false, Origin.Template);

    public bool Flag { get; }

    public override Origin Origin { get; }

    public override string TypeName => "bool";

    public override bool IsTrue => Flag;

    public static BoolValue Of(bool value) => value ? True : False;

    public static BoolValue FromRequest(bool value) => value ? s_requestTrue : s_requestFalse;

    public override void WriteRepr(TextBuilder output) => output.Append(Flag ? "True" : "False", Origin);

    public override Value? GetAttribute(string name) => Methods.IntMethods.Find(this, name);
}
