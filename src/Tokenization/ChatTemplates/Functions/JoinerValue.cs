using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Functions;

/// <summary>What <c>joiner(separator)</c> gives: empty at the first call, then the separator.</summary>
internal sealed class JoinerValue(Value separator) : Value
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override string Described => "jinja2.utils.Joiner object";

    public override bool IsCallable => true;

    public override Value? GetAttribute(string name) => name switch
    {
        "sep" => separator,
        "used" => BoolValue.Of(_used),
        _ => null,
    };

    public override Value Call(RenderContext context, Arguments arguments)
    {
        Parameters.None.Bind("joiner", arguments);
        if (_used)
            return separator;
        _used = true;
        return StringValue.Empty;
    }
}
