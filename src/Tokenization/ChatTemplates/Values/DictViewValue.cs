using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal sealed class DictViewValue(DictValue dict, string name) : Value
{
    public override string TypeName => $"dict_{name}";

    public override bool IsTrue => dict.IsTrue;

    public override int? Length => dict.Length;

    public override bool IsIterable => true;

    public override bool IsHashable => name == "values";

    public override IEnumerable<Value> Iterate(RenderContext context) => name switch
    {
        "keys" => dict.Entries.Keys,
        "values" => dict.Entries.Values,
        _ => dict.Entries.Select(entry => new TupleValue([entry.Key, entry.Value])),
    };

    /// <summary>Whether <c>value in view</c> holds.</summary>
    public bool Contains(Value value, RenderContext context) => name == "keys" ? dict.Find(value) is not null
        : Iterate(context).Any(item => Operators.Equality.AreEqual(item, value, context.Budget));

    public override void WriteRepr(TextBuilder output)
    {
        output.Append($"{TypeName}([");
        var first = true;
        foreach (var (key, value) in dict.Entries)
        {
            output.Budget.Step();
            if (!first)
                output.Append(", ");
            first = false;
            Value item = name switch { "keys" => key, "values" => value, _ => new TupleValue([key, value]) };
            item.WriteRepr(output);
        }
        output.Append("])");
    }
}
