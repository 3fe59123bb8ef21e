using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal sealed class NoneValue : Value
{
    private NoneValue(Origin origin) => Origin = origin;

    public static NoneValue Instance { get; } = new(Origin.Template);

    public static NoneValue FromRequest { get; } = new(Origin.Request);

    public override Origin Origin { get; }

    public override string TypeName => "NoneType";

    public override string Described => "None";

    public override bool IsTrue => false;

    public override void WriteRepr(TextBuilder output) => output.Append("None", Origin);
}
