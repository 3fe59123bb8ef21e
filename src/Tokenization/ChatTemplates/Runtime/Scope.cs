using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>
/// Variables of one block. Assignments stay in the innermost scope. Names are the parser's instances, each name one, so an inner
/// scope (a handful of names) compares references; the outermost, filled from outside, is a dictionary.
/// </summary>
internal sealed class Scope
{
    private readonly Scope? _parent;
    private readonly Dictionary<string, Value>? _globals;
    private (string Name, Value Value)[] _locals = [];
    private int _count;

    public Scope(Scope parent) => _parent = parent;

    public Scope(Dictionary<string, Value> globals) => _globals = globals;

    public Value? Find(string name)
    {
        var scope = this;
        for (; scope._globals is null; scope = scope._parent!)
        {
            for (var i = 0; i < scope._count; i++)
            {
                if (ReferenceEquals(scope._locals[i].Name, name))
                    return scope._locals[i].Value;
            }
        }
        return scope._globals.GetValueOrDefault(name);
    }

    public void Set(string name, Value value)
    {
        if (_globals is not null)
        {
            _globals[name] = value;
            return;
        }
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_locals[i].Name, name))
            {
                _locals[i].Value = value;
                return;
            }
        }
        if (_count == _locals.Length)
            Array.Resize(ref _locals, Math.Max(4, _count * 2));
        _locals[_count++] = (name, value);
    }

    /// <summary>Forgets what the last iteration of a loop has set.</summary>
    public void Clear() => _count = 0;
}
