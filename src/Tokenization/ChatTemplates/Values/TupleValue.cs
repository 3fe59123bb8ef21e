using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

internal class TupleValue(Value[] items, Origin origin = Origin.Template) : SequenceValue(items, origin)
{
    public override string TypeName => "tuple";

    /// <summary>Found when it is made: asked for later, it would go as deep as tuples are nested.</summary>
    public override bool IsHashable { get; } = Array.TrueForAll(items, item => item.IsHashable);

    public override SequenceValue With(Value[] items, Origin origin) => new TupleValue(items, origin);

    public override void WriteRepr(TextBuilder output)
    {
        output.Append("(", Origin);
        WriteItems(output);
        output.Append(Items.Length == 1 ? ",)" : ")", Origin);
    }
}
