using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Functions;

/// <summary>What <c>cycler(a, b)</c> gives: one item after the other, for ever.</summary>
internal sealed class CyclerValue(Value[] items) : Value
{
    private int _position;

    public override string TypeName => "Cycler";

    public override string Described => "jinja2.utils.Cycler object";

    public override Value? GetAttribute(string name) => name switch
    {
        "current" => items[_position],
        "next" => new FunctionValue("next", Parameters.None, (_, _) => Next(), "method"),
        "reset" => new FunctionValue("reset", Parameters.None, (_, _) => Reset(), "method"),
        "items" => new TupleValue(items),
        "pos" => IntValue.Of(_position),
        _ => null,
    };

    private Value Next()
    {
        var current = items[_position];
        _position = (_position + 1) % items.Length;
        return current;
    }

    private NoneValue Reset()
    {
        _position = 0;
        return NoneValue.Instance;
    }
}
