using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>The variable <c>loop</c>. Items are drawn as late as possible: one ahead only when asked whether there is a next.</summary>
/// <param name="items">What is looped over.</param>
/// <param name="length">How many items there are, if that is known without drawing them.</param>
/// <param name="depth">1 for the outermost of a recursive loop.</param>
internal sealed class LoopValue(IEnumerable<Value> items, int? length, int depth) : Value
{
    private IEnumerator<Value> _items = items.GetEnumerator();
    private int? _length = length;
    private int _index = -1;
    private Value? _before;
    private Value? _after;
    private Value? _lastSeen;

    public override string TypeName => "LoopContext";

    public override string Described => "jinja2.runtime.LoopContext object";

    public override bool IsCallable => Recurse is not null;

    public override int? Length => Count();

    public override bool IsIterable => true;

    public Func<Value, StringValue>? Recurse { get; init; }

    public Value Current { get; private set; } = NoneValue.Instance;

    public override void WriteRepr(TextBuilder output) => output.Append($"<LoopContext {_index + 1}/{Count()}>");

    public bool MoveNext()
    {
        var next = PeekNext();
        if (next is null)
            return false;
        _after = null;
        _before = _index < 0 ? null : Current;
        Current = next;
        _index++;
        return true;
    }

    public override Value? GetAttribute(string name) => name switch
    {
        "index" => IntValue.Of(_index + 1),
        "index0" => IntValue.Of(_index),
        "revindex" => IntValue.Of(Count() - _index),
        "revindex0" => IntValue.Of(Count() - _index - 1),
        "first" => BoolValue.Of(_index == 0),
        "last" => BoolValue.Of(PeekNext() is null),
        "length" => IntValue.Of(Count()),
        "depth" => IntValue.Of(depth),
        "depth0" => IntValue.Of(depth - 1),
        "previtem" => _before ?? new UndefinedValue("there is no previous item"),
        "nextitem" => PeekNext() ?? new UndefinedValue("there is no next item"),
        "cycle" => new FunctionValue("cycle", Parameters.Any, (_, arguments) => Cycle(arguments.All.Positional), "method"),
        "changed" => new FunctionValue("changed", Parameters.Any, (context, arguments) => Changed(arguments.All.Positional, context), "method"),
        _ => null,
    };

    public override Value Call(RenderContext context, Arguments arguments) => Recurse is null
        ? throw ChatTemplateException.Runtime("The loop must have the 'recursive' marker to be called recursively.")
        : Recurse(Parameters.Positional(1, 1).Bind("loop", arguments)[0]!);

    private Value? PeekNext() => _after ??= _items.MoveNext() ? _items.Current : null;

    private int Count()
    {
        if (_length is { } known)
            return known;
        var rest = new List<Value>();
        while (_items.MoveNext())
            rest.Add(_items.Current);
        _items = rest.GetEnumerator();
        return (_length = _index + 1 + (_after is null ? 0 : 1) + rest.Count).Value;
    }

    private Value Cycle(IReadOnlyList<Value> values) => values.Count > 0 ? values[_index % values.Count]
        : throw ChatTemplateException.Runtime("no items for cycling given");

    private BoolValue Changed(IReadOnlyList<Value> values, RenderContext context)
    {
        var seen = new TupleValue([.. values]);
        var changed = _lastSeen is null || !Operators.Equality.AreEqual(_lastSeen, seen, context.Budget);
        _lastSeen = seen;
        return BoolValue.Of(changed);
    }
}
