using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A mapping in the order of insertion.</summary>
internal sealed class DictValue(RenderContext context, Origin origin = Origin.Template, int capacity = 0) : Value
{
    public OrderedDictionary<Value, Value> Entries { get; } = new(capacity, context.Keys);

    /// <summary>Of the braces, colons and commas.</summary>
    public override Origin Origin => origin;

    public override string TypeName => "dict";

    public override bool IsTrue => Entries.Count > 0;

    public override int? Length => Entries.Count;

    public override bool IsIterable => true;

    public override bool IsHashable => false;

    /// <summary>Sets an entry while the dictionary is being made; a key that is there keeps its place.</summary>
    public void Set(Value key, Value value) => Entries[RequireHashable(key)] = value;

    public Value? Find(Value key) => Entries.TryGetValue(RequireHashable(key), out var value) ? value : null;

    public override Value? GetItem(Value key, RenderContext context) => key.IsHashable && Entries.TryGetValue(key, out var value) ? value : null;

    public override IEnumerable<Value> Iterate(RenderContext context) => Entries.Keys;

    public override Value? GetAttribute(string name) => Methods.DictMethods.Find(this, name);

    public override void WriteRepr(TextBuilder output)
    {
        Budget.EnsureStack();
        output.Append("{", origin);
        var first = true;
        foreach (var (key, value) in Entries)
        {
            output.Budget.Step();
            if (!first)
                output.Append(", ", origin);
            first = false;
            key.WriteRepr(output);
            output.Append(": ", origin);
            value.WriteRepr(output);
        }
        output.Append("}", origin);
    }

    private static Value RequireHashable(Value key) => key.IsHashable ? key
        : throw ChatTemplateException.Runtime($"unhashable type: '{key.TypeName}'");
}
