namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A group that <c>groupby</c> makes: a pair whose parts also have names.</summary>
internal sealed class GroupValue(Value grouper, ListValue list) : TupleValue([grouper, list])
{
    public override Value? GetAttribute(string name) => name switch
    {
        "grouper" => Items[0],
        "list" => Items[1],
        _ => base.GetAttribute(name),
    };
}
