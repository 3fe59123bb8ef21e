using Hone.Tokenization.ChatTemplates.Runtime;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A sequence that can be gone through once, as the lazy filters give.</summary>
internal sealed class IteratorValue(IEnumerable<Value> items, string typeName = "generator") : Value
{
    private readonly IEnumerator<Value> _items = items.GetEnumerator();

    public override string TypeName => typeName;

    public override bool IsIterable => true;

    public override IEnumerable<Value> Iterate(RenderContext context)
    {
        while (_items.MoveNext())
            yield return _items.Current;
    }
}
