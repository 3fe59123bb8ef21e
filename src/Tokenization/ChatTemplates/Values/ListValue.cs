using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal sealed class ListValue(Value[] items, Origin origin = Origin.Template) : SequenceValue(items, origin)
{
    public override string TypeName => "list";

    public override bool IsHashable => false;

    public override SequenceValue With(Value[] items, Origin origin) => new ListValue(items, origin);

    public override void WriteRepr(TextBuilder output)
    {
        output.Append("[", Origin);
        WriteItems(output);
        output.Append("]", Origin);
    }
}
