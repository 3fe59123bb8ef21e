using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>What lists and tuples share. Nothing in a template changes one in place.</summary>
internal abstract class SequenceValue(Value[] items, Origin origin) : Value
{
    public Value[] Items => items;

    /// <summary>Of the brackets and commas; each element has its own.</summary>
    public override Origin Origin => origin;

    public override bool IsTrue => items.Length > 0;

    public override int? Length => items.Length;

    public override bool IsIterable => true;

    public abstract SequenceValue With(Value[] items, Origin origin);

    public override Value? GetItem(Value key, RenderContext context) =>
        Numbers.AsInteger(key) is { } index && Slicing.Position(index, items.Length) is { } position ? items[position] : null;

    public override IEnumerable<Value> Iterate(RenderContext context) => items;

    public override Value? GetAttribute(string name) => Methods.SequenceMethods.Find(this, name);

    protected void WriteItems(TextBuilder output)
    {
        Budget.EnsureStack();
        for (var i = 0; i < items.Length; i++)
        {
            output.Budget.Step();
            if (i > 0)
                output.Append(", ", origin);
            items[i].WriteRepr(output);
        }
    }
}
